import type { ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';
import { useLocation, useRouter } from 'wouter';

/** Links and menus of react-aria go through the router around them. */
export function AriaRouter({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const [, navigate] = useLocation();
  const useHref = (to: string) => router.hrefs(to.startsWith('~') ? to.slice(1) : router.base + to, router);
  return (
    <RouterProvider navigate={(to) => navigate(to)} useHref={useHref}>
      {children}
    </RouterProvider>
  );
}
