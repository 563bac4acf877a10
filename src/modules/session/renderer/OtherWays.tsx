// The ways to sign in that other modules bring, below the password.
import { signInWays } from '#renderer/app/registry.ts'
import { letIn } from './entering.ts'

export function OtherWays() {
  return (
    <>
      {signInWays().map(({ order, Way }) => (
        <Way key={order} onDone={letIn} />
      ))}
    </>
  )
}
