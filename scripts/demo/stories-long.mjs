// Long illnesses of lungs, thyroid, joints, prostate and stomach.

export function asthma(c, { since = 1400, child = false } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, child ? 'hr rr spo2 weight height' : 'hr rr spo2', { spo2: 96 })
  c.problem('J45.9', 'Asthma', found)
  c.visit(found, {
    reason: 'Cough at night',
    vitals: v,
    note: {
      title: 'Recurrent cough and wheeze',
      s: child
        ? 'Cough at night for two months and after running in the yard. Mother hears a whistle. Eczema as a baby. Cat at home.'
        : 'Cough at night and tightness after football for some months. Hay fever every June. Does not smoke.',
      o: `RR ${v.rr}, SpO2 ${v.spo2} %. Scattered wheeze, clears after salbutamol by spacer. No focal signs.`,
      a: 'Probable asthma.',
      p: [
        'Salbutamol as needed, technique shown with spacer',
        'Beclometasone twice daily for eight weeks as a trial',
        'Peak flow diary',
      ],
    },
  })
  c.medicine('Salbutamol 100 µg inhaler', '2 puffs when wheezy, by spacer', found, {
    route: 'Inhaled',
    frequency: 'As needed',
    prn: true,
    reason: 'Asthma',
  })
  c.medicine(
    child ? 'Beclometasone 50 µg inhaler' : 'Beclometasone 100 µg inhaler',
    '2 puffs morning and evening, rinse mouth after',
    found,
    { route: 'Inhaled', frequency: 'Twice daily', reason: 'Asthma' },
  )
  c.plan(
    'Asthma action plan',
    found - 56,
    [
      'Green: no symptoms, preventer twice daily',
      'Amber: cough at night or reliever more than three times a week: double the preventer and ring',
      'Red: reliever does not last four hours: ten puffs and emergency help',
    ],
    ['Asthma'],
    child ? 'Copy for the school.' : 'Copy on the phone.',
  )
  const seen = [
    [56, 'No cough at night for three weeks. Reliever twice since the last visit.', true],
    [
      380,
      child
        ? 'Missed school two days with a cold that went to the chest.'
        : 'Ran out of the preventer in spring, wheezy again in hay fever season.',
      false,
    ],
    [720, 'Well all winter. Sport without the reliever.', true],
    [1080, 'Reliever about once a month. Technique a little rushed.', true],
  ]
  const gaps = c.spread(
    found,
    seen.map(([gap]) => gap),
  )
  for (const [n, [, said, good]] of seen.entries()) {
    const gap = gaps[n]
    if (found - gap < 4) continue
    const day = c.freeDay(found - gap)
    v = c.measure(
      day,
      child ? 'hr rr spo2 weight height' : 'hr rr spo2',
      good ? {} : { spo2: 95, rr: child ? 24 : 19 },
    )
    c.visit(day, {
      type: 'Asthma review',
      reason: 'Asthma review',
      vitals: v,
      note: {
        title: 'Asthma review',
        s: said,
        o: `RR ${v.rr}, SpO2 ${v.spo2} %. ${good ? 'Chest clear.' : 'Mild expiratory wheeze on both sides.'}${child ? ` Weight ${v.weight} kg, height ${v.height} cm.` : ''}`,
        a: good ? 'Asthma, well controlled.' : 'Asthma, not well controlled at present.',
        p: good
          ? [
              'Continue the preventer at the lowest dose that works',
              'Inhaler technique checked',
              'Flu vaccine in October',
            ]
          : [
              'Prednisolone for three days',
              'Preventer daily, also when well',
              'Review in two weeks, earlier if worse',
            ],
      },
    })
    if (!good)
      c.course(
        'Prednisolone 5 mg tablets',
        child ? '4 tablets each morning for 3 days' : '8 tablets each morning for 5 days',
        day,
        5,
        { route: 'Oral', reason: 'Asthma attack' },
      )
  }
}

export function copd(c, { since = 1800 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr rr spo2 weight height', { spo2: 94, rr: 20 })
  c.problem('J44.9', 'Chronic obstructive pulmonary disease', found)
  c.problem('F17.2', 'Tobacco dependence', found + 3000, {
    until: Math.max(found - 400, 1),
    note: '45 pack-years',
  })
  c.procedure('Spirometry', found - 9, { outcome: 'FEV1 58 % of predicted, ratio 0.61, no reversibility' })
  c.visit(found, {
    reason: 'Breathless on hills',
    vitals: v,
    note: {
      title: 'Cough and breathlessness',
      s: 'Winter cough with phlegm for years, now stops once on the hill from the harbour. Forty a day for most of the working life, now fifteen.',
      o: `SpO2 ${v.spo2} % at rest, RR ${v.rr}. Long expiration, quiet breath sounds, no crackles. No clubbing.`,
      a: 'Probable COPD.',
      p: [
        'Spirometry and chest X-ray',
        'Help to stop smoking: patches and weekly call',
        'Pneumococcal and flu vaccine',
      ],
    },
  })
  c.document(
    'Radiology report',
    'Chest X-ray',
    found - 12,
    'Radiology, Mercy Hospital',
    'Hyperinflated lungs, flattened diaphragms. No mass, no consolidation. Heart size normal.',
  )
  c.medicine('Tiotropium 18 µg inhalation capsules', '1 capsule inhaled each morning', found - 20, {
    route: 'Inhaled',
    frequency: 'Once daily',
    reason: 'COPD',
  })
  c.medicine('Salbutamol 100 µg inhaler', '2 puffs when breathless', found - 20, {
    route: 'Inhaled',
    frequency: 'As needed',
    prn: true,
    reason: 'COPD',
  })
  const kinds = ['review', 'flare', 'review', 'flare', 'review', 'review']
  for (const [n, gap] of c.spread(found, [24, 300, 420, 800, 1100, 1500]).entries()) {
    const kind = kinds[n]
    if (found - gap < 4) continue
    const day = c.freeDay(found - gap)
    const flare = kind === 'flare'
    v = c.measure(
      day,
      'bp hr rr spo2 temp',
      flare ? { spo2: 90, rr: 24, temp: 37.9, hr: 96 } : { spo2: 94, rr: 18 },
    )
    if (flare) {
      c.course('Prednisolone 5 mg tablets', '6 tablets each morning for 5 days', day, 5, {
        route: 'Oral',
        reason: 'COPD flare',
      })
      c.course('Doxycycline 100 mg capsules', '2 on the first day, then 1 daily for 4 days', day, 5, {
        route: 'Oral',
        reason: 'COPD flare',
      })
    }
    c.visit(day, {
      reason: flare ? 'More breathless, green phlegm' : 'COPD review',
      vitals: v,
      by: flare ? 'osei' : undefined,
      note: flare
        ? {
            title: 'COPD flare',
            s: 'Four days of more breathlessness, phlegm now green and more of it. Eats and drinks. No chest pain, legs not swollen.',
            o: `Temp ${v.t}, RR ${v.rr}, SpO2 ${v.spo2} %, pulse ${v.hr}. Wheeze on both sides, coarse crackles right base. Speaks in sentences.`,
            a: 'Infective flare of COPD, can be treated at home.',
            p: [
              'Prednisolone 30 mg for five days',
              'Doxycycline for five days',
              'Ring or 112 if drowsy or worse',
              'Phone call tomorrow',
            ],
          }
        : {
            title: 'COPD review',
            s:
              gap > 400
                ? 'Has not smoked for a year. Walks to the shop, stops once. One course of steroids last winter.'
                : 'Easier in the mornings with the inhaler. Down to five cigarettes.',
            o: `SpO2 ${v.spo2} %, RR ${v.rr}. Quiet breath sounds. Inhaler technique good.`,
            a: 'COPD, stable, MRC breathlessness 3.',
            p: ['Continue tiotropium', 'Pulmonary rehabilitation group', 'Rescue pack at home'],
          },
    })
  }
}

export function hypothyroid(c, { since = 1300 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr weight height', { hr: 58 })
  c.problem('E03.9', 'Hypothyroidism', found)
  c.lab('thyroid', found - 1, { tsh: 11.6, ft4: 8.1 }, 'Primary hypothyroidism')
  c.lab('fbc', found - 1, {})
  c.visit(found, {
    reason: 'Tired all the time',
    vitals: v,
    note: {
      title: 'Tiredness',
      s: 'Tired for half a year, feels the cold, hair thinner, constipation. Mood fair. Periods heavier. Sister takes thyroid tablets.',
      o: `Pulse ${v.hr}, BP ${v.bp}, weight ${v.weight} kg. Dry skin, thyroid not enlarged. Reflexes slow.`,
      a: 'Hypothyroidism likely.',
      p: ['Thyroid function, full blood count, ferritin', 'Phone with results'],
    },
    addendum: {
      after: 2,
      text: 'TSH 11.6, free T4 8.1. Rang with the result, levothyroxine 50 µg started, repeat in eight weeks.',
    },
  })
  c.medicine('Levothyroxine 50 µg tablets', '1 tablet half an hour before breakfast', found - 2, {
    until: found - 60,
    status: 'stopped',
    statusReason: 'Dose increased',
    route: 'Oral',
    dose: [50, 'µg'],
    reason: 'Hypothyroidism',
  })
  c.medicine('Levothyroxine 75 µg tablets', '1 tablet half an hour before breakfast', found - 60, {
    route: 'Oral',
    dose: [75, 'µg'],
    frequency: 'Once daily',
    reason: 'Hypothyroidism',
  })
  const seen = [
    [60, 6.2, 'Less tired, still cold in the evenings.'],
    [130, 2.4, 'Feels well again, bowels regular.'],
    [500, 2.1, 'No complaints. Takes the tablet with water only.'],
    [880, 1.7, 'Well. Asks whether the tablet can be taken at night.'],
  ]
  const gaps = c.spread(
    found,
    seen.map(([gap]) => gap),
  )
  for (const [n, [, tsh, said]] of seen.entries()) {
    const gap = gaps[n]
    if (found - gap < 4) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, 'bp hr weight')
    c.lab('thyroid', day, { tsh })
    c.visit(day, {
      reason: 'Thyroid review',
      vitals: v,
      note: {
        title: 'Hypothyroidism review',
        s: said,
        o: `TSH ${tsh} mIU/L. Pulse ${v.hr}, weight ${v.weight} kg.`,
        a: tsh > 4 ? 'Under-replaced.' : 'Hypothyroidism, well replaced.',
        p: tsh > 4 ? ['Levothyroxine to 75 µg', 'TSH in eight weeks'] : ['Same dose', 'TSH once a year'],
      },
    })
  }
}

export function kneeArthritis(c, { since = 1000 } = {}) {
  const first = c.freeDay(since)
  let v = c.measure(first, 'bp weight height pain', { pain: 6 })
  c.problem('M17.9', 'Osteoarthritis of the knee', first)
  c.visit(first, {
    reason: 'Knee pain',
    vitals: v,
    note: {
      title: 'Knee pain',
      s: 'Right knee stiff in the morning for ten minutes, pain on stairs and after the garden. No locking, no giving way. Paracetamol helps a little.',
      o: `Weight ${v.weight} kg, BMI ${v.bmi}. Small effusion, crepitus, flexion 110 degrees, ligaments firm.`,
      a: 'Osteoarthritis of the right knee.',
      p: [
        'Physiotherapy, exercises for the thigh',
        'Diclofenac gel three times a day',
        'Stick on the other side',
        'X-ray only if an operation is thought of',
      ],
    },
  })
  c.medicine('Diclofenac 1 % gel', 'Rub into the knee three times a day', first, {
    route: 'Topical',
    frequency: 'Three times daily',
    reason: 'Osteoarthritis',
  })
  c.medicine('Paracetamol 500 mg tablets', '2 tablets up to four times a day when needed', first, {
    dose: [1, 'g'],
    route: 'Oral',
    frequency: 'As needed',
    prn: true,
    reason: 'Osteoarthritis',
  })
  const second = c.freeDay(first - 190)
  v = c.measure(second, 'bp pain', { pain: 7 })
  c.procedure('Injection of knee joint, triamcinolone 40 mg', second, {
    bodySite: 'Right knee',
    outcome: 'No complication',
  })
  c.visit(second, {
    reason: 'Knee pain, worse',
    vitals: v,
    note: {
      title: 'Knee injection',
      s: 'Exercises kept up. Pain wakes at night since the long walk in June.',
      o: 'Warm effusion, no redness, no fever. Consent for injection.',
      a: 'Flare of osteoarthritis.',
      p: [
        'Triamcinolone 40 mg into the right knee, aseptic, well tolerated',
        'Rest two days',
        'Ring with fever or more swelling',
      ],
    },
  })
  const third = c.freeDay(second - 260)
  v = c.measure(third, 'bp weight pain', { pain: 4 })
  c.visit(third, {
    reason: 'Knee review',
    vitals: v,
    note: {
      title: 'Osteoarthritis review',
      s: 'Injection helped for four months. Walks half an hour a day. Not ready for an operation.',
      o: `Gait a little stiff, no effusion. Weight ${v.weight} kg.`,
      a: 'Osteoarthritis of the knee, bearable.',
      p: ['Go on with exercises and gel', 'Orthopaedic referral when sleep or walking suffers'],
    },
  })
}

export function prostate(c, { since = 600 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp weight')
  c.problem('N40', 'Benign prostatic enlargement', day)
  c.lab('psa', day - 1, { psa: 2.8 })
  c.lab('renal', day - 1, {})
  c.urine(day, {})
  c.visit(day, {
    reason: 'Weak stream, up at night',
    vitals: v,
    note: {
      title: 'Urinary symptoms',
      s: 'Up three times a night, slow start, dribbles. No blood, no pain, no fever. Symptom score 16.',
      o: `Abdomen soft, bladder not palpable. Prostate smooth, moderately enlarged. BP ${v.bp}.`,
      a: 'Benign prostatic enlargement with moderate symptoms.',
      p: [
        'Tamsulosin 400 µg at night; dizziness on standing explained',
        'Less tea in the evening',
        'PSA discussed and taken',
      ],
    },
  })
  c.medicine('Tamsulosin 400 µg capsules', '1 capsule at night', day, {
    dose: [400, 'µg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Prostate enlargement',
  })
  if (day > 120) {
    const later = c.freeDay(day - 100)
    v = c.measure(later, 'bp')
    c.visit(later, {
      reason: 'Urinary symptoms, review',
      vitals: v,
      note: {
        title: 'Prostate, review',
        s: 'Up once a night. Stream better. No dizziness.',
        o: `BP ${v.bp} sitting, no drop on standing. PSA 2.8, stable.`,
        a: 'Good response.',
        p: ['Continue', 'PSA in a year if wanted'],
      },
    })
  }
}

export function reflux(c, { since = 350 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp weight height')
  c.problem('K21.9', 'Gastro-oesophageal reflux', day)
  c.visit(day, {
    reason: 'Heartburn',
    vitals: v,
    note: {
      title: 'Heartburn',
      s: 'Burning behind the breastbone after meals and lying down, most days for three months. No trouble swallowing, no weight loss, no black stools. Late dinners.',
      o: `Abdomen soft, no mass. Weight ${v.weight} kg, BMI ${v.bmi}.`,
      a: 'Reflux, no alarm signs.',
      p: [
        'Omeprazole 20 mg before breakfast for four weeks',
        'Last meal three hours before bed, head of the bed up',
        'Come back if it returns',
      ],
    },
  })
  c.medicine('Omeprazole 20 mg capsules', '1 capsule before breakfast when needed', day, {
    dose: [20, 'mg'],
    route: 'Oral',
    frequency: 'As needed',
    prn: true,
    reason: 'Reflux',
  })
  if (day > 60) {
    const later = c.freeDay(day - 45)
    v = c.measure(later, 'weight')
    c.visit(later, {
      reason: 'Heartburn, review',
      vitals: v,
      note: {
        title: 'Reflux, review',
        s: 'Gone within a week. Stopped after the course, two bad evenings since.',
        o: 'Well.',
        a: 'Reflux, step down.',
        p: ['Omeprazole on demand', 'Lose five kilograms by summer: joined the rowing club'],
      },
    })
  }
}
