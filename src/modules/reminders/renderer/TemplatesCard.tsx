// What a reminder says, language by language, and how the patient will read it.
import { useRef, useState } from 'react'
import { errorText, useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { textOf, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextAreaField, TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { reminders, type Template } from '../shared/contract.ts'
import {
  builtInTemplates,
  fillTemplate,
  isRightToLeft,
  languageFor,
  placeholders,
  sampleValues,
  templateLimits,
  unknownPlaceholders,
} from '../shared/template.ts'
import { remindersTexts } from './i18n.ts'
import { languageWords } from './words.tsx'

/** Languages people are most often written to in; others can be added by their tag later. */
const offered = ['de', 'es', 'fa', 'fr', 'hi', 'pl', 'pt', 'ru', 'sw', 'tr', 'uk', 'ur', 'vi', 'zh']

export function TemplatesCard({
  templates,
  phone,
}: {
  templates: readonly Template[]
  phone: string | null
}) {
  const t = useTexts(remindersTexts)
  const { locale } = useFormats()
  const [language, setLanguage] = useState(() =>
    languageFor(
      templates.map((each) => each.language),
      [locale],
    ),
  )
  const saved = templates.find((each) => each.language === language)
  const shown: Template = saved ?? {
    language,
    subject: builtInTemplates.en?.subject ?? '',
    body: builtInTemplates.en?.body ?? '',
    rev: 0,
    hasBuiltIn: false,
  }
  const stateOf = (template: Template | undefined) =>
    !template ? 'words.new' : template.rev === 0 ? 'words.builtIn' : 'words.own'
  const choices = [
    ...templates.map((each) => ({
      value: each.language,
      label: `${languageWords(each.language, locale)} (${t(stateOf(each))})`,
    })),
    ...offered
      .filter((tag) => !templates.some((each) => each.language === tag))
      .map((tag) => ({ value: tag, label: `${t('words.add')}: ${languageWords(tag, locale)}` })),
  ]
  return (
    <Card title={t('words.title')}>
      <div className="os-stack">
        <Notice tone="info">{t('words.privacy')}</Notice>
        <div className="rem-language">
          <SelectField
            label={t('words.language')}
            value={language}
            onChange={setLanguage}
            choices={choices}
          />
        </div>
        <TemplateForm key={`${language} ${shown.rev}`} template={shown} phone={phone} />
      </div>
    </Card>
  )
}

function TemplateForm({ template, phone }: { template: Template; phone: string | null }) {
  const t = useTexts(remindersTexts)
  const words = useErrorText()
  const body = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState({ subject: template.subject, body: template.body })
  const save = useAct(reminders, 'saveTemplate', {
    onDone: () => showToast({ text: t('words.saved') }),
  })
  const restore = useAct(reminders, 'saveTemplate', {
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const { language, rev } = template
  const remove = useAct(reminders, 'removeTemplate', {
    onDone: () =>
      showToast({
        text: textOf(remindersTexts, 'words.removed'),
        undo: () =>
          restore.act({ language, subject: template.subject, body: template.body, rev: 0 }).then(
            () => undefined,
            () => undefined,
          ),
      }),
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const unknown = { subject: unknownPlaceholders(text.subject)[0], body: unknownPlaceholders(text.body)[0] }
  const faultOf = (field: 'subject' | 'body') => {
    const name = unknown[field]
    if (name !== undefined) return t('words.unknown', { name: `{${name}}` })
    return undefined
  }
  const isGood =
    unknown.subject === undefined &&
    unknown.body === undefined &&
    text.subject.trim() !== '' &&
    text.body.trim() !== ''
  const insert = (name: string) => {
    const box = body.current
    const [from, to] = [box?.selectionStart ?? text.body.length, box?.selectionEnd ?? text.body.length]
    setText((now) => ({ ...now, body: `${now.body.slice(0, from)}{${name}}${now.body.slice(to)}` }))
    requestAnimationFrame(() => {
      box?.focus()
      const at = from + name.length + 2
      box?.setSelectionRange(at, at)
    })
  }
  return (
    <div className="rem-words">
      <Form
        label={t('words.title')}
        onSubmit={() => {
          if (isGood && !save.isPending) save.start({ language, ...text, rev })
        }}
      >
        <TextField
          label={t('words.subject')}
          value={text.subject}
          onChange={(subject) => setText((now) => ({ ...now, subject }))}
          error={faultOf('subject')}
          maxLength={templateLimits.subject}
        />
        <TextAreaField
          label={t('words.body')}
          value={text.body}
          onChange={(next) => setText((now) => ({ ...now, body: next }))}
          error={faultOf('body')}
          rows={10}
          maxLength={templateLimits.body}
          inputRef={body}
        />
        <div className="rem-insert">
          <span className="os-dim os-sm">{t('words.insert')}</span>
          {placeholders.map((name) => (
            <Button key={name} small onClick={() => insert(name)}>
              {t(`placeholder.${name}`)}
            </Button>
          ))}
        </div>
        {save.error ? <Notice tone="bad" title={words(save.error)} /> : null}
        <div className="rem-acts">
          <Button type="submit" intent="primary" loading={save.isPending} disabled={!isGood}>
            {t('words.save')}
          </Button>
          {rev > 0 ? (
            <Button onClick={() => remove.start({ language, rev })} loading={remove.isPending}>
              {t(template.hasBuiltIn ? 'words.restore' : 'words.remove')}
            </Button>
          ) : null}
        </div>
      </Form>
      <Preview text={text} language={language} phone={phone} />
    </div>
  )
}

function Preview({
  text,
  language,
  phone,
}: {
  text: { subject: string; body: string }
  language: string
  phone: string | null
}) {
  const t = useTexts(remindersTexts)
  const { clinic } = useMe()
  const [now] = useState(() => new Date().toISOString())
  const values = sampleValues(language, clinic.timeZone, now, clinic.name, phone ?? '')
  const filled = fillTemplate(text, values, language)
  return (
    <section className="rem-preview" aria-label={t('words.preview')}>
      <h3 className="os-label">{t('words.preview')}</h3>
      <div className="rem-mail" dir={isRightToLeft(language) ? 'rtl' : 'ltr'} lang={language}>
        <p className="rem-mail-subject">{filled.subject}</p>
        <p className="rem-mail-body">{filled.body}</p>
      </div>
    </section>
  )
}
