// Moving the window from outside its pages.

interface MovableRouter {
  navigate(to: string, options: { replace: boolean; flushSync: boolean }): Promise<void>
}

let router: MovableRouter | null = null

export function keepRouter(made: MovableRouter): void {
  router = made
}

/** For another person or role, and after signing out: start at the beginning. */
export async function goHome(): Promise<void> {
  // At once, not in a transition: the page that is left must not hear of the next role any more.
  if (router) await router.navigate('/today', { replace: true, flushSync: true })
  else window.location.hash = '#/today'
}
