// The quiet page around first start, sign-in and lock: brand, one card, choice of language. Nothing clinical.
import type { ReactNode } from 'react'
import { currentLanguage, setAppearance, useAppearance } from '#renderer/i18n/i18n.ts'
import { Button } from '#ui/Button.tsx'
import './session.css'

export interface GateFrameProps {
  readonly title: string
  readonly text?: ReactNode
  readonly children: ReactNode
  /** Under the card, dim. */
  readonly foot?: ReactNode
  readonly wide?: boolean
}

export function GateFrame({ title, text, children, foot, wide }: GateFrameProps) {
  useAppearance()
  const other = currentLanguage() === 'ar' ? 'en' : 'ar'
  return (
    <div className="gate">
      <header className="gate-head">
        <span className="os-brand">
          <i aria-hidden="true" />
          <span>Osler</span>
        </span>
        <Button variant="minimal" onClick={() => setAppearance({ language: other })}>
          <span lang={other}>{other === 'ar' ? 'العربية' : 'English'}</span>
        </Button>
      </header>
      <main className={wide ? 'gate-main gate-wide' : 'gate-main'}>
        <h1>{title}</h1>
        {text ? <p className="os-dim">{text}</p> : null}
        {children}
      </main>
      {foot ? <footer className="gate-foot os-dim">{foot}</footer> : null}
    </div>
  )
}
