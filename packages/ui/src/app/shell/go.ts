import { useLocation } from 'wouter';

/** Goes to a place, as `paths` and `inTeam` write it. */
export function useGo(): (to: string, options?: { readonly replace?: boolean }) => void {
  const [, navigate] = useLocation();
  return navigate;
}
