// Moving the window from outside its pages.

interface MovableRouter {
  navigate(to: string, options: { replace: boolean }): Promise<void>
}

let router: MovableRouter | null = null

export function keepRouter(made: MovableRouter): void {
  router = made
}

/** For another person or role, and after signing out: start at the beginning. */
export async function goHome(): Promise<void> {
  if (router) await router.navigate('/today', { replace: true })
  else window.location.hash = '#/today'
}
