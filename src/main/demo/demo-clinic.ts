// The demo clinic as the host makes it: what it is called, who founds it, and what fills it.
import path from 'node:path'
import type { DemoClinic } from '#core/demo-clinic.ts'
import type { CreateClinic } from '#shared/bootstrap.ts'
import { demoPassword } from '#shared/demo.ts'
import { fillDemo } from './fill-demo.ts'

const names: Readonly<Record<string, string>> = {
  en: 'Lee Valley Family Practice',
  ar: 'عيادة وادي لي للأسرة',
}

/** @param resourcesDir the app's `resources` folder */
export function demoClinic(resourcesDir: string): DemoClinic {
  const file = path.join(resourcesDir, 'demo/patients.ndjson.gz')
  return {
    founding: foundingIn,
    fill: (clinic, about) => fillDemo(clinic, { ...about, file }),
  }
}

/** A doctor who also runs the practice: the one person of a small clinic, with two hats to try. */
function foundingIn(locale: string): CreateClinic {
  const language = languageOf(locale)
  return {
    clinicName: names[language] ?? names.en ?? '',
    country: 'IE',
    timeZone: 'Europe/Dublin',
    currency: 'EUR',
    locale: language === 'en' ? 'en-IE' : locale,
    admin: { name: 'Dr. Maya Keller', username: 'maya.keller', password: demoPassword, isDoctor: true },
  }
}

/** What comes in is a window's idea of a language; an unknown one is English. */
function languageOf(locale: string): string {
  try {
    const { language } = new Intl.Locale(locale)
    return Object.hasOwn(names, language) ? language : 'en'
  } catch {
    return 'en'
  }
}
