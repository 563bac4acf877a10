// How long requests may take and how long records are kept: policies of the clinic.
import * as z from 'zod'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { readSetting, setting, writeSetting } from '#modules/clinic/main/api.ts'
import type { Settings } from '../shared/contract.ts'
import { defaultRetention, Retention } from '../shared/retention.ts'

const days = setting('privacy.days', z.number().int().min(1).max(90), 30)
const retention = setting('privacy.retention', Retention, defaultRetention)

export function settings({ read }: Pick<QueryContext, 'read'>): Settings {
  return { days: readSetting(read, days), retention: readSetting(read, retention) }
}

export function saveSettings(ctx: CommandContext, input: Settings): Settings {
  writeSetting(ctx, days, input.days)
  writeSetting(ctx, retention, input.retention)
  return settings(ctx)
}
