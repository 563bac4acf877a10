// Enter and Space act on what had the focus when they went down. A button of the component library clicks when the key
// comes up on it, wherever it went down: an Enter that sent a form would press the button that an answer, quicker than
// the finger, has put the focus on, and a key held down would press its way through one question after another.

const isPress = ({ key }: KeyboardEvent): boolean => key === 'Enter' || key === ' '

/** Where the key went down that is down now; keyed by which key, since two can be. */
const downOn = new Map<string, EventTarget | null>()

function onDown(event: KeyboardEvent): void {
  if (!isPress(event)) return
  if (!event.repeat) downOn.set(event.code, event.target)
  else if (downOn.get(event.code) !== event.target) swallow(event)
}

function onUp(event: KeyboardEvent): void {
  if (!isPress(event)) return
  if (downOn.get(event.code) !== event.target) swallow(event)
  downOn.delete(event.code)
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Before anything else listens, so that nothing hears of a press that was none. */
export function guardKeyPresses(): void {
  window.addEventListener('keydown', onDown, { capture: true })
  window.addEventListener('keyup', onUp, { capture: true })
  // Who leaves the window with a key down lets it go somewhere else.
  window.addEventListener('blur', () => downOn.clear())
}
