import type { Difference } from '@liasse/core';

/** Stand-in until the shared one is here. */
export function DifferenceList({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    <ul>
      {differences.map(({ kind, path }) => (
        <li key={path.join('/')}>
          {kind} {path.join(' / ')}
        </li>
      ))}
    </ul>
  );
}
