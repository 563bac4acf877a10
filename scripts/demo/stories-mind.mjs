// Long illnesses of head and mind: depression, anxiety, migraine, epilepsy, dementia.

export function depression(c, { since = 420 } = {}) {
  const found = c.freeDay(since)
  c.problem(
    'F32.1',
    'Depressive episode, moderate',
    found,
    since > 500 ? { until: Math.max(1, since - 430) } : {},
  )
  c.visit(found, {
    reason: 'Low mood, poor sleep',
    minutes: 25,
    note: {
      title: 'Low mood',
      s: 'Low most days for three months, wakes at four, no joy in the choir any more. Worries about money. Eats little. Thoughts that it would be easier not to wake up, no plan, no intent; children are the reason to go on. No alcohol problem.',
      o: 'Tearful, slowed, good contact. PHQ-9: 17. Bloods last month normal.',
      a: 'Moderate depressive episode, no acute risk.',
      p: [
        'Sertraline 50 mg; first two weeks and side effects explained',
        'Talking therapy referral made together',
        'Crisis numbers given, partner may be called',
        'Sick note for two weeks; visit in one week',
      ],
    },
  })
  c.medicine('Sertraline 50 mg tablets', '1 tablet each morning', found, {
    dose: [50, 'mg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Depression',
    ...(since > 500
      ? { until: Math.max(1, since - 430), status: 'stopped', statusReason: 'Recovered, tapered' }
      : {}),
  })
  for (const [gap, phq, said] of [
    [8, 16, 'Some nausea, bearable. Sleeps an hour longer. No thoughts of death this week.'],
    [35, 10, 'Better mornings. Went to choir once. Started talking therapy.'],
    [110, 5, 'Back at work, half days first. Laughs again, says the family.'],
    [300, 3, 'Well for half a year. Would like to go on until spring.'],
  ]) {
    if (found - gap < 3) continue
    const day = c.freeDay(found - gap)
    c.visit(day, {
      reason: 'Mood review',
      note: {
        title: 'Depression, review',
        s: said,
        o: `PHQ-9: ${phq}. ${phq > 9 ? 'Still flat at times, more eye contact.' : 'Bright, reactive, hopeful.'}`,
        a: phq > 9 ? 'Depression, responding.' : 'Depression in remission.',
        p:
          phq > 9
            ? ['Continue sertraline 50 mg', 'Daily walk, fixed wake time', 'Visit in four weeks']
            : ['Continue for six months after recovery', 'Taper together, not alone'],
      },
    })
  }
}

export function anxiety(c, { since = 300 } = {}) {
  const day = c.freeDay(since)
  const v = c.measure(day, 'bp hr', { hr: 88 })
  c.problem('F41.1', 'Generalised anxiety', day)
  c.visit(day, {
    reason: 'Palpitations, worry',
    vitals: v,
    minutes: 25,
    note: {
      title: 'Anxiety',
      s: 'Heart races before exams and in the bus, hands tingle, fears to faint. Worries in bed for an hour. Two coffees and an energy drink a day. No drugs. No thoughts of self-harm.',
      o: `Pulse ${v.hr} regular, BP ${v.bp}. Thyroid not enlarged. GAD-7: 13.`,
      a: 'Generalised anxiety with panic attacks.',
      p: [
        'Breathing exercise practised',
        'Cognitive therapy, online course until the place comes up',
        'No energy drinks',
        'ECG and TSH for reassurance',
      ],
    },
  })
  c.procedure('ECG, 12 leads', day - 1, { outcome: 'Normal' })
  c.lab('thyroid', day - 1, {})
  if (day > 60) {
    const later = c.freeDay(day - 50)
    c.visit(later, {
      reason: 'Anxiety, review',
      vitals: c.measure(later, 'bp hr'),
      note: {
        title: 'Anxiety, review',
        s: 'Two panic attacks in six weeks, knows now what they are. Takes the bus again. Sleeps better without energy drinks.',
        o: 'Relaxed, good eye contact. GAD-7: 8.',
        a: 'Anxiety, improving with therapy.',
        p: ['Go on with the course', 'Come back before the spring exams'],
      },
    })
  }
}

export function migraine(c, { since = 1600 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr')
  c.problem('G43.0', 'Migraine without aura', found + 2500)
  c.visit(found, {
    reason: 'Headaches',
    vitals: v,
    note: {
      title: 'Recurrent headache',
      s: 'One-sided throbbing headache two or three times a month since the twenties, with nausea, has to lie in the dark. Lasts a day. No aura. Paracetamol does little. Worse around the period and after bad sleep.',
      o: `BP ${v.bp}. Cranial nerves, fundi, gait normal. Neck supple.`,
      a: 'Migraine without aura. No red flags.',
      p: [
        'Sumatriptan 50 mg early in the attack',
        'Headache diary',
        'Painkillers on fewer than ten days a month',
      ],
    },
  })
  c.medicine(
    'Sumatriptan 50 mg tablets',
    '1 tablet at the start of an attack, may repeat once after 2 hours',
    found,
    {
      dose: [50, 'mg'],
      route: 'Oral',
      frequency: 'As needed',
      prn: true,
      reason: 'Migraine',
    },
  )
  const second = c.freeDay(found - 210)
  v = c.measure(second, 'bp hr weight')
  c.medicine('Propranolol 40 mg tablets', '1 tablet morning and evening', second, {
    dose: [40, 'mg'],
    route: 'Oral',
    frequency: 'Twice daily',
    reason: 'Migraine prevention',
    until: Math.max(1, second - 300),
    status: 'stopped',
    statusReason: 'Attacks rare, tapered',
  })
  c.visit(second, {
    reason: 'Migraine, more frequent',
    vitals: v,
    note: {
      title: 'Migraine review',
      s: 'Diary: six attacks a month, sumatriptan works in four of five. Missed three days of work.',
      o: `BP ${v.bp}, pulse ${v.hr}. Neurology normal.`,
      a: 'Frequent migraine, prevention worth a try.',
      p: ['Propranolol 40 mg twice daily for three months', 'Regular sleep and meals', 'Review with diary'],
    },
  })
  const third = c.freeDay(second - 120)
  v = c.measure(third, 'bp hr')
  c.visit(third, {
    reason: 'Migraine review',
    vitals: v,
    note: {
      title: 'Migraine review',
      s: 'Two attacks a month, shorter. A little tired on the stairs. Wants to go on until the summer.',
      o: `BP ${v.bp}, pulse ${v.hr}.`,
      a: 'Good response to propranolol.',
      p: ['Continue to twelve months, then taper', 'Sumatriptan as before'],
    },
  })
}

export function epilepsy(c, { since = 1500 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp hr weight')
  c.problem('G40.9', 'Epilepsy', day + 30)
  c.document(
    'Discharge letter',
    'First seizure',
    day + 12,
    'Mercy Hospital, emergency department',
    'Witnessed generalised seizure of two minutes. CT head normal. Neurology follow-up, no driving.',
  )
  c.document(
    'Outpatient letter',
    'Neurology clinic',
    day - 40,
    'Dr. U. Banerjee, neurology',
    'Focal epilepsy, MRI normal, EEG left temporal sharp waves. Levetiracetam 500 mg twice daily.',
  )
  c.visit(day, {
    reason: 'After a seizure',
    vitals: v,
    note: {
      title: 'After first seizure',
      s: 'Collapsed in the kitchen two weeks ago, partner saw jerking for two minutes, tongue bitten. Three spells of déjà vu before that. No alcohol.',
      o: `Neurology normal. BP ${v.bp}, pulse ${v.hr}.`,
      a: 'First seizure, epilepsy likely.',
      p: [
        'No driving, tell the licensing authority',
        'Showers, not baths; no ladders',
        'What to do in a seizure: partner shown',
      ],
    },
  })
  c.medicine('Levetiracetam 500 mg tablets', '1 tablet morning and evening', day - 40, {
    dose: [500, 'mg'],
    route: 'Oral',
    frequency: 'Twice daily',
    reason: 'Epilepsy',
  })
  for (const gap of c.spread(day, [120, 500, 880, 1250])) {
    if (day - gap < 3) continue
    const later = c.freeDay(day - gap)
    v = c.measure(later, 'bp weight')
    c.visit(later, {
      type: 'Annual review',
      reason: 'Epilepsy review',
      vitals: v,
      note: {
        title: 'Epilepsy review',
        s:
          gap < 200
            ? 'No seizure since starting the tablets. A bit irritable the first month.'
            : 'Seizure-free. Never misses a dose, alarm on the phone. Drives again.',
        o: `Weight ${v.weight} kg. No tremor, no nystagmus.`,
        a: 'Focal epilepsy, controlled.',
        p: ['Continue levetiracetam', 'Review once a year, earlier with pregnancy wish or new medicines'],
      },
    })
  }
}

export function dementia(c, { since = 900 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr weight')
  c.problem('F03', 'Dementia', found - 60)
  c.visit(found, {
    reason: 'Memory, with daughter',
    vitals: v,
    minutes: 30,
    note: {
      title: 'Memory problems',
      s: 'Daughter reports two years of forgetting names and appointments, burnt pots, lost on the way from church once. Mood even. Sleeps well. Washes and dresses alone.',
      o: `Friendly, repeats questions. MMSE 22 of 30: recall 0 of 3, date wrong. Gait steady. BP ${v.bp}, weight ${v.weight} kg.`,
      a: 'Cognitive impairment, probable Alzheimer dementia.',
      p: [
        'B12, thyroid, calcium, blood count',
        'Memory clinic',
        'Cooker timer, pill box by the pharmacy',
        'Lasting power of attorney: talk it over as a family',
      ],
    },
  })
  c.lab('iron', found - 2, {})
  c.lab('thyroid', found - 2, {})
  c.document(
    'Outpatient letter',
    'Memory clinic',
    found - 70,
    'Dr. F. Grady, geriatrics',
    'Alzheimer disease, mild. Donepezil 5 mg started, 10 mg after four weeks. Day centre twice a week recommended.',
  )
  c.medicine('Donepezil 10 mg tablets', '1 tablet at bedtime', found - 100, {
    dose: [10, 'mg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Dementia',
  })
  c.plan(
    'Care at home',
    found - 90,
    [
      'Home help each morning',
      'Day centre on Tuesday and Thursday',
      'Weight every three months',
      'Carer support group for the family',
    ],
    ['Dementia'],
    'Agreed with the daughter, who holds power of attorney.',
  )
  const seen = [
    [150, 'Daughter sees no change. Goes to the day centre gladly. Eats well when served.'],
    [420, 'Wakes at night and looks for people long dead. Carers come twice a day now.'],
    [700, 'Weight down two kilograms. Needs help with washing. Still plays cards.'],
  ]
  const gaps = c.spread(
    found,
    seen.map(([gap]) => gap),
  )
  for (const [n, [, said]] of seen.entries()) {
    const gap = gaps[n]
    if (found - gap < 3) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, 'bp hr weight', { weight: c.person.body.weight - gap / 350 })
    c.visit(day, {
      type: 'Home visit',
      reason: 'Dementia, review',
      vitals: v,
      note: {
        title: 'Dementia review',
        s: said,
        o: `Clean, cheerful. Weight ${v.weight} kg, BP ${v.bp}. No pressure marks. Floor free of loose rugs.`,
        a: 'Alzheimer dementia, slowly progressing, well cared for.',
        p: [
          'Donepezil continued',
          'High-calorie drinks between meals',
          'Respite week offered to the daughter',
        ],
      },
    })
  }
}
