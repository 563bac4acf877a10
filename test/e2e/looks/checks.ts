// What can be wrong with a screen without anybody looking at it: content that leaves its box, things to press that lie
// on each other, words nobody translated. The accessibility rules are axe's; looks/walk.ts puts both together.

export interface Wrong {
  readonly kind: 'overflow' | 'overlap' | 'covered' | 'small' | 'clipped' | 'words'
  readonly what: string
}

export interface CheckOptions {
  /** English sentences that must not stand on a screen in another language. */
  readonly foreign: readonly string[]
}

/** Runs inside the page, so it may use nothing but its argument. */
export function lookForFaults({ foreign }: CheckOptions): Wrong[] {
  const slack = 1.5
  const wrong: Wrong[] = []
  const all = [...document.body.querySelectorAll<HTMLElement>('*')]
  const rectOf = (element: Element) => element.getBoundingClientRect()

  const nameOf = (element: Element): string => {
    const kind = element.tagName.toLowerCase()
    const classes = [...element.classList].slice(0, 2).map((name) => `.${name}`)
    const label =
      element.getAttribute('aria-label') ?? (element.textContent ?? '').trim().replace(/\s+/g, ' ')
    return `${kind}${classes.join('')} “${label.slice(0, 40)}”`
  }
  const isSeen = (element: HTMLElement): boolean => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false
    const { width, height } = rectOf(element)
    return width > 1 && height > 1
  }
  /** For screen readers only: drawn into one pixel, or cut to nothing. */
  const isHiddenText = (element: Element) => element.closest('.os-sr, .os-skip, [hidden]') !== null
  const scrollsAcross = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX)
  const cuts = (element: Element) => /hidden|clip/.test(getComputedStyle(element).overflowX)
  const seen = all.filter((element) => isSeen(element) && !isHiddenText(element))

  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) {
    wrong.push({ kind: 'overflow', what: `the page is ${root.scrollWidth - root.clientWidth} px too wide` })
  }
  // The columns of the board stand side by side on every screen that is no phone, as their order is their meaning.
  const mayScrollAcross = (element: Element) =>
    element.matches('pre, textarea, input, select, .bd-columns, .bd-switch, .sc-scroll') ||
    element.querySelector('table, pre') !== null
  for (const element of seen) {
    const style = getComputedStyle(element)
    const over = element.scrollWidth - element.clientWidth
    if (over <= slack || element.clientWidth === 0) continue
    if (style.display === 'inline' || element.closest('svg')) continue
    if (scrollsAcross(element)) {
      if (!mayScrollAcross(element))
        wrong.push({ kind: 'overflow', what: `${nameOf(element)} scrolls across by ${over} px` })
    } else if (cuts(element)) {
      if (style.textOverflow !== 'ellipsis' && !element.matches('input, select, textarea'))
        wrong.push({ kind: 'clipped', what: `${nameOf(element)} cuts ${over} px off` })
    }
  }
  /** Where the ancestors let something of it be seen. */
  const visiblePart = (element: Element) => {
    const box = rectOf(element)
    let { left, right, top, bottom } = box
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up)
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
      if (style.position === 'static' && /absolute|fixed/.test(getComputedStyle(element).position)) continue
      const frame = rectOf(up)
      left = Math.max(left, frame.left)
      right = Math.min(right, frame.right)
      top = Math.max(top, frame.top)
      bottom = Math.min(bottom, frame.bottom)
    }
    return { left, right, top, bottom, isEmpty: right - left < 2 || bottom - top < 2 }
  }
  for (const element of seen) {
    const box = rectOf(element)
    if (box.left >= -slack && box.right <= root.clientWidth + slack) continue
    if (element.closest('svg') && element.tagName !== 'svg') continue
    const part = visiblePart(element)
    if (!part.isEmpty && (part.left < -slack || part.right > root.clientWidth + slack))
      wrong.push({ kind: 'overflow', what: `${nameOf(element)} leaves the window sideways` })
  }
  for (const element of seen) {
    const style = getComputedStyle(element)
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
    )
    const over = element.scrollHeight - element.clientHeight
    if (
      hasText &&
      over > 3 &&
      element.clientHeight > 0 &&
      /hidden|clip/.test(style.overflowY) &&
      style.display !== 'inline'
    )
      wrong.push({ kind: 'clipped', what: `${nameOf(element)} cuts ${over} px of text off below` })
  }

  const pressable =
    'a[href], button, input, select, textarea, summary, [role=button], [role=link], [role=option], [role=tab], [role=menuitem], [role=menuitemradio], [role=checkbox], [role=radio], [role=combobox]'
  // Under an open dialog nothing can be pressed, so nothing there can be in the way.
  const overlays = [...document.querySelectorAll('.bp6-overlay-open .bp6-dialog, .bp6-omnibar')]
  const top = overlays.at(-1)
  const targets = seen.filter(
    (element) =>
      element.matches(pressable) && (!top || top.contains(element)) && !visiblePart(element).isEmpty,
  )
  // A control is one with its label and its box; a row that opens holds the link that says so.
  const belongTogether = (a: Element, b: Element) =>
    a.contains(b) ||
    b.contains(a) ||
    (a.closest('label, .os-input-box') !== null &&
      a.closest('label, .os-input-box') === b.closest('label, .os-input-box'))
  // What floats above the page (menus, lists of a search box, messages) covers things on purpose.
  const floating = '.bp6-popover, .pt-search-pop, .bd-find-pop, .os-combo-list, .os-toaster, .bp6-overlay'
  const sticks = (element: Element) => {
    for (let up: Element | null = element; up; up = up.parentElement)
      if (getComputedStyle(up).position === 'sticky') return true
    return false
  }
  const layerOf = (element: Element) => element.closest(floating)
  const parts = targets.map((element) => ({ element, part: visiblePart(element), layer: layerOf(element) }))
  for (const [n, a] of parts.entries()) {
    for (const b of parts.slice(n + 1)) {
      if (a.layer !== b.layer || belongTogether(a.element, b.element)) continue
      if (sticks(a.element) !== sticks(b.element)) continue
      const across = Math.min(a.part.right, b.part.right) - Math.max(a.part.left, b.part.left)
      const down = Math.min(a.part.bottom, b.part.bottom) - Math.max(a.part.top, b.part.top)
      if (across > 2 && down > 2)
        wrong.push({
          kind: 'overlap',
          what: `${nameOf(a.element)} and ${nameOf(b.element)} share ${Math.round(across)}×${Math.round(down)} px`,
        })
    }
  }
  for (const { element, part, layer } of parts) {
    const x = (part.left + part.right) / 2
    const y = (part.top + part.bottom) / 2
    if (x < 0 || y < 0 || x >= window.innerWidth || y >= window.innerHeight) continue
    const hit = document.elementFromPoint(x, y)
    if (!hit || belongTogether(element, hit) || layerOf(hit) !== layer) continue
    // What sticks to an edge lets the page pass under it; the page can be scrolled away from there.
    if (sticks(hit) && !sticks(element)) continue
    if (
      element instanceof HTMLInputElement &&
      [...(element.labels ?? [])].some((label) => label.contains(hit))
    )
      continue
    wrong.push({ kind: 'covered', what: `${nameOf(element)} lies under ${nameOf(hit)}` })
  }
  for (const { element } of parts) {
    const { width, height } = rectOf(element)
    const isInText =
      getComputedStyle(element).display === 'inline' ||
      element.matches('input[type=checkbox], input[type=radio], input[type=file]')
    // The height of a visit in the schedule is its length: ten minutes are low. Arrow keys reach it as well.
    if (element.matches('[data-visit]')) continue
    if (!isInText && (width < 24 - slack || height < 24 - slack))
      wrong.push({
        kind: 'small',
        what: `${nameOf(element)} is ${Math.round(width)}×${Math.round(height)} px`,
      })
  }

  const untranslated = new Set(foreign)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim()
    // A key that has no words, and a value that was never put in.
    if (/^[a-z]{3,}:[a-zA-Z.-]+$/.test(text) || /\{\{\w+\}\}/.test(text))
      wrong.push({ kind: 'words', what: `raw key “${text.slice(0, 60)}”` })
    // What people and other programs wrote stands as they wrote it, marked as text of its own direction.
    const isData = node.parentElement?.closest('bdi, [dir=auto], option') !== null
    if (!isData && untranslated.has(text))
      wrong.push({ kind: 'words', what: `not translated: “${text.slice(0, 60)}”` })
    if (/\b(undefined|NaN|\[object Object\]|Invalid Date)\b/.test(text))
      wrong.push({ kind: 'words', what: `“${text.slice(0, 60)}”` })
  }
  const once = new Map(wrong.map((fault) => [`${fault.kind} ${fault.what}`, fault]))
  return [...once.values()]
}
