import { createRequire } from 'node:module';
import { cruise, type ICruiseResult } from 'dependency-cruiser';

const ROOT = new URL('../../', import.meta.url).pathname;
const PLACES = ['packages', 'extension', 'sync-server', 'test'];
/** Fewer modules than this means that the tool did not see the code: an empty run must not pass. */
const LEAST_MODULES = 120;

/** What the tool saw below a folder laid out as this repository. */
export async function boundaries(root: string): Promise<{ modules: number; violations: string[] }> {
  const config = createRequire(import.meta.url)('./dependency-cruiser.cjs');
  const { forbidden, options } = config;
  const { output } = await cruise(PLACES, { ...options, baseDir: root, validate: true, ruleSet: { forbidden } });
  const { modules, summary } = output as ICruiseResult;
  return {
    modules: modules.filter((module) => PLACES.some((place) => module.source.startsWith(`${place}/`))).length,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}

if (import.meta.main) {
  const { modules, violations } = await boundaries(ROOT);
  for (const violation of violations) console.error(violation);
  console.log(`boundaries: ${modules} modules, ${violations.length} violations`);
  if (modules < LEAST_MODULES) console.error(`only ${modules} modules were seen, fewer than ${LEAST_MODULES}`);
  process.exitCode = violations.length > 0 || modules < LEAST_MODULES ? 1 : 0;
}
