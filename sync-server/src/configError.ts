/** A sentence for the operator: the server cannot start like this. */
export class ConfigError extends Error {}
