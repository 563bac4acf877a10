// Who changed what in a person's details, newest first; what a role may not see is said to be hidden.
import type * as z from 'zod'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { type TextKey, useTexts } from '#renderer/i18n/define.ts'
import { isRole } from '#shared/permissions.ts'
import { isPartialDate } from '#shared/time.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { useState } from 'react'
import { genders, type HistoryEntry, type PatientView, patients } from '../shared/contract.ts'
import { en } from './texts-en.ts'
import { usePatientWords } from './words.ts'

/** Fields a role may miss are absent. */
type Entry = Partial<z.infer<typeof HistoryEntry>> & { at: string; action: string; table: string }
type Key = TextKey<typeof en>
const step = 50

export function HistoryList({ patientId }: { patientId: PatientView['id'] }) {
  const { t } = usePatientWords()
  const common = useTexts(commonTexts)
  const [limit, setLimit] = useState(step)
  const read = useRead(patients, 'history', { patientId, limit }, { keepPrevious: true })
  return (
    <Card title={t('history.title')}>
      <QueryView query={read} small>
        {({ entries }) =>
          entries.length === 0 ? (
            <p className="os-dim">{t('history.none')}</p>
          ) : (
            <>
              <ol className="pt-history">
                {actsOf(entries).map((act) => (
                  <HistoryAct key={`${act[0].at} ${act[0].action}`} entries={act} />
                ))}
              </ol>
              {entries.length >= limit && limit < 200 ? (
                <Button small onClick={() => setLimit((now) => Math.min(200, now + step))}>
                  {common('act.showMore')}
                </Button>
              ) : null}
            </>
          )
        }
      </QueryView>
    </Card>
  )
}

/** One act may have touched several rows: they stand under one head. */
function actsOf(entries: readonly Entry[]): [Entry, ...Entry[]][] {
  const acts: [Entry, ...Entry[]][] = []
  for (const entry of entries) {
    const last = acts.at(-1)
    if (last && last[0].at === entry.at && last[0].action === entry.action) last.push(entry)
    else acts.push([entry])
  }
  return acts
}

function HistoryAct({ entries }: { entries: readonly [Entry, ...Entry[]] }) {
  const { t, formats, joined } = usePatientWords()
  const common = useTexts(commonTexts)
  const { at, action, userName, role } = entries[0]
  const title = action.startsWith('import') ? 'history.action.import' : `history.action.${action}`
  const isHidden = entries.every(({ changes }) => changes === undefined)
  return (
    <li>
      <div className="pt-history-head">
        <span className="os-strong">{t((title in en ? title : 'history.action.other') as Key)}</span>
        <bdi className="os-dim">
          {joined([userName ?? t('history.system'), role && isRole(role) ? common(`role.${role}`) : null])}
        </bdi>
        <time className="os-dim os-push" dateTime={at}>
          {formats.instant(at)}
        </time>
      </div>
      {isHidden ? <p className="os-sm os-dim">{t('history.hidden')}</p> : null}
      {entries.map((entry, n) => {
        const table = tableWords[entry.table]
        return (
          // Rows of an act have no id here and never move.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={n}>
            {table ? <h3 className="pt-history-part">{t(table)}</h3> : null}
            {entry.changes ? <Changes table={entry.table} changes={saying(entry.changes)} /> : null}
          </div>
        )
      })}
    </li>
  )
}

type Change = NonNullable<Entry['changes']>[number]

/** Alive, active, exact: what everybody is when first written down needs no line. */
const unsaid: Readonly<Record<string, string>> = { deceased: '0', birth_date_estimated: '0', active: '1' }

function saying(changes: readonly Change[]): Change[] {
  const hasCode = changes.some(({ column, after }) => column === 'type_code' && after !== null)
  return changes.filter(
    ({ column, before, after }) =>
      // A code stands for its table's own wording.
      !(column === 'type_display' && hasCode) && (before !== null || after !== unsaid[column]),
  )
}

function Changes({ table, changes }: { table: string; changes: readonly Change[] }) {
  const { t } = usePatientWords()
  const valueWords = useValueWords()
  return (
    <dl className="pt-pairs">
      {changes.map(({ column, before, after }) => (
        <div key={column}>
          <dt>{t(columnWords(column))}</dt>
          <dd>
            {before !== null ? (
              <>
                <del className="os-dim">
                  <span className="os-sr">{t('history.from')} </span>
                  <bdi>{valueWords(table, column, before)}</bdi>
                </del>{' '}
              </>
            ) : null}
            {after !== null ? (
              <>
                {before !== null ? <span className="os-sr">{t('history.to')} </span> : null}
                <bdi>{valueWords(table, column, after)}</bdi>
              </>
            ) : (
              <span className="os-dim">{t('history.removed')}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const tableWords: Readonly<Record<string, Key>> = {
  patient_identifier: 'field.identifiers',
  patient_telecom: 'field.telecoms',
  patient_address: 'field.addresses',
  patient_contact: 'field.contacts',
  patient_name: 'field.otherNames',
}

const fieldOfColumn: Readonly<Record<string, Key>> = {
  family: 'field.family',
  given: 'field.given',
  prefix: 'field.prefix',
  suffix: 'field.suffix',
  birth_date: 'field.birthDate',
  gender: 'field.gender',
  deceased: 'field.deceased',
  deceased_at: 'field.deceasedAt',
  active: 'field.active',
  language: 'field.language',
  marital_status: 'field.maritalStatus',
  type_code: 'field.type',
  type_display: 'field.type',
  assigner: 'field.assigner',
  use: 'field.use',
  lines: 'field.lines',
  city: 'field.city',
  district: 'field.district',
  state: 'field.state',
  postal_code: 'field.postalCode',
  country: 'field.country',
  relationship: 'field.relationship',
  phone: 'field.contactPhone',
  email: 'field.contactEmail',
  related_patient_id: 'field.link',
}

function columnWords(column: string): Key {
  const own = `history.column.${column}`
  return own in en ? (own as Key) : (fieldOfColumn[column] ?? 'history.action.other')
}

function useValueWords(): (table: string, column: string, value: string) => string {
  const words = usePatientWords()
  const common = useTexts(commonTexts)
  return (table, column, value) => {
    if (column === 'gender') return words.sex(genders.find((gender) => gender === value)) ?? value
    if (column === 'active') return words.t(value === '1' ? 'state.active' : 'state.isInactive')
    if (column === 'deceased' || column === 'birth_date_estimated')
      return common(value === '1' ? 'word.yes' : 'word.no')
    if (column === 'language') return words.language(value) ?? value
    if (column === 'marital_status') return words.marital(value) ?? value
    if (column === 'relationship') return words.relationship(value) ?? value
    if (column === 'related_patient_id') return words.t('link.linked')
    if (column === 'kind' && (value === 'alert' || value === 'sticky')) return words.t(`flags.${value}`)
    if (column === 'type_code') {
      return words.identifierType({ typeCode: value, typeDisplay: null, system: null })
    }
    if (table === 'patient_name' && column === 'use' && `nameUse.${value}` in en) {
      return words.t(`nameUse.${value}` as Key)
    }
    if (column === 'use' && `use.${value}` in en) return words.t(`use.${value}` as Key)
    if (column === 'system' && `telecom.${value}` in en) return words.t(`telecom.${value}` as Key)
    if (column === 'birth_date' && isPartialDate(value)) return words.formats.date(value)
    if (column === 'deceased_at') return words.formats.clinicalTime(value, 'date')
    return value
  }
}
