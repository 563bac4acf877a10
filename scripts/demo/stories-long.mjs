// Other long illnesses and conditions: lungs, mind, head, joints, glands, pregnancy, memory.

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
      p: ['Salbutamol as needed, technique shown with spacer', 'Beclometasone twice daily for eight weeks as a trial', 'Peak flow diary'],
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
  for (const [gap, said, good] of [
    [56, 'No cough at night for three weeks. Reliever twice since the last visit.', true],
    [380, child ? 'Missed school two days with a cold that went to the chest.' : 'Ran out of the preventer in spring, wheezy again in hay fever season.', false],
    [720, 'Well all winter. Sport without the reliever.', true],
    [1080, 'Reliever about once a month. Technique a little rushed.', true],
  ]) {
    if (found - gap < 4) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, child ? 'hr rr spo2 weight height' : 'hr rr spo2', good ? {} : { spo2: 95, rr: child ? 24 : 19 })
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
          ? ['Continue the preventer at the lowest dose that works', 'Inhaler technique checked', 'Flu vaccine in October']
          : ['Prednisolone for three days', 'Preventer daily, also when well', 'Review in two weeks, earlier if worse'],
      },
    })
    if (!good) c.course('Prednisolone 5 mg tablets', child ? '4 tablets each morning for 3 days' : '8 tablets each morning for 5 days', day, 5, { route: 'Oral', reason: 'Asthma attack' })
  }
}

export function copd(c, { since = 1800 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr rr spo2 weight height', { spo2: 94, rr: 20 })
  c.problem('J44.9', 'Chronic obstructive pulmonary disease', found)
  c.problem('F17.2', 'Tobacco dependence', found + 3000, { until: Math.max(found - 400, 1), note: '45 pack-years' })
  c.procedure('Spirometry', found - 9, { outcome: 'FEV1 58 % of predicted, ratio 0.61, no reversibility' })
  c.visit(found, {
    reason: 'Breathless on hills',
    vitals: v,
    note: {
      title: 'Cough and breathlessness',
      s: 'Winter cough with phlegm for years, now stops once on the hill from the harbour. Forty a day for most of the working life, now fifteen.',
      o: `SpO2 ${v.spo2} % at rest, RR ${v.rr}. Long expiration, quiet breath sounds, no crackles. No clubbing.`,
      a: 'Probable COPD.',
      p: ['Spirometry and chest X-ray', 'Help to stop smoking: patches and weekly call', 'Pneumococcal and flu vaccine'],
    },
  })
  c.document('Radiology report', 'Chest X-ray', found - 12, 'Radiology, Mercy Hospital', 'Hyperinflated lungs, flattened diaphragms. No mass, no consolidation. Heart size normal.')
  c.medicine('Tiotropium 18 µg inhalation capsules', '1 capsule inhaled each morning', found - 20, { route: 'Inhaled', frequency: 'Once daily', reason: 'COPD' })
  c.medicine('Salbutamol 100 µg inhaler', '2 puffs when breathless', found - 20, { route: 'Inhaled', frequency: 'As needed', prn: true, reason: 'COPD' })
  for (const [gap, kind] of [
    [24, 'review'],
    [300, 'flare'],
    [420, 'review'],
    [800, 'flare'],
    [1100, 'review'],
    [1500, 'review'],
  ]) {
    if (found - gap < 4) continue
    const day = c.freeDay(found - gap)
    const flare = kind === 'flare'
    v = c.measure(day, 'bp hr rr spo2 temp', flare ? { spo2: 90, rr: 24, temp: 37.9, hr: 96 } : { spo2: 94, rr: 18 })
    if (flare) {
      c.course('Prednisolone 5 mg tablets', '6 tablets each morning for 5 days', day, 5, { route: 'Oral', reason: 'COPD flare' })
      c.course('Doxycycline 100 mg capsules', '2 on the first day, then 1 daily for 4 days', day, 5, { route: 'Oral', reason: 'COPD flare' })
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
            p: ['Prednisolone 30 mg for five days', 'Doxycycline for five days', 'Ring or 112 if drowsy or worse', 'Phone call tomorrow'],
          }
        : {
            title: 'COPD review',
            s: gap > 400 ? 'Has not smoked for a year. Walks to the shop, stops once. One course of steroids last winter.' : 'Easier in the mornings with the inhaler. Down to five cigarettes.',
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
    addendum: { after: 2, text: 'TSH 11.6, free T4 8.1. Rang with the result, levothyroxine 50 µg started, repeat in eight weeks.' },
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
  for (const [gap, tsh, said] of [
    [60, 6.2, 'Less tired, still cold in the evenings.'],
    [130, 2.4, 'Back to herself or himself, bowels regular.'],
    [500, 2.1, 'No complaints. Takes the tablet with water only.'],
    [880, 1.7, 'Well. Asks whether the tablet can be taken at night.'],
  ]) {
    if (found - gap < 4) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, 'bp hr weight')
    c.lab('thyroid', day, { tsh })
    c.visit(day, {
      reason: 'Thyroid review',
      vitals: v,
      note: {
        title: 'Hypothyroidism review',
        s: said.replace('Back to herself or himself', 'Feels well again'),
        o: `TSH ${tsh} mIU/L. Pulse ${v.hr}, weight ${v.weight} kg.`,
        a: tsh > 4 ? 'Under-replaced.' : 'Hypothyroidism, well replaced.',
        p: tsh > 4 ? ['Levothyroxine to 75 µg', 'TSH in eight weeks'] : ['Same dose', 'TSH once a year'],
      },
    })
  }
}

export function depression(c, { since = 420 } = {}) {
  const found = c.freeDay(since)
  c.problem('F32.1', 'Depressive episode, moderate', found, since > 500 ? { until: Math.max(1, since - 430) } : {})
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
    ...(since > 500 ? { until: Math.max(1, since - 430), status: 'stopped', statusReason: 'Recovered, tapered' } : {}),
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
        p: phq > 9 ? ['Continue sertraline 50 mg', 'Daily walk, fixed wake time', 'Visit in four weeks'] : ['Continue for six months after recovery', 'Taper together, not alone'],
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
      p: ['Sumatriptan 50 mg early in the attack', 'Headache diary', 'Painkillers on fewer than ten days a month'],
    },
  })
  c.medicine('Sumatriptan 50 mg tablets', '1 tablet at the start of an attack, may repeat once after 2 hours', found, {
    dose: [50, 'mg'],
    route: 'Oral',
    frequency: 'As needed',
    prn: true,
    reason: 'Migraine',
  })
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
      p: ['Physiotherapy, exercises for the thigh', 'Diclofenac gel three times a day', 'Stick on the other side', 'X-ray only if an operation is thought of'],
    },
  })
  c.medicine('Diclofenac 1 % gel', 'Rub into the knee three times a day', first, { route: 'Topical', frequency: 'Three times daily', reason: 'Osteoarthritis' })
  c.medicine('Paracetamol 500 mg tablets', '2 tablets up to four times a day when needed', first, {
    dose: [1, 'g'],
    route: 'Oral',
    frequency: 'As needed',
    prn: true,
    reason: 'Osteoarthritis',
  })
  const second = c.freeDay(first - 190)
  v = c.measure(second, 'bp pain', { pain: 7 })
  c.procedure('Injection of knee joint, triamcinolone 40 mg', second, { bodySite: 'Right knee', outcome: 'No complication' })
  c.visit(second, {
    reason: 'Knee pain, worse',
    vitals: v,
    note: {
      title: 'Knee injection',
      s: 'Exercises kept up. Pain wakes at night since the long walk in June.',
      o: 'Warm effusion, no redness, no fever. Consent for injection.',
      a: 'Flare of osteoarthritis.',
      p: ['Triamcinolone 40 mg into the right knee, aseptic, well tolerated', 'Rest two days', 'Ring with fever or more swelling'],
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

export function pregnancy(c, { weeks = 28 } = {}) {
  const start = weeks * 7
  c.problem('Z34.9', 'Pregnancy, normal', start - 42)
  c.medicine('Folic acid 400 µg tablets', '1 tablet daily', start + 60, { until: start - 84, status: 'completed', route: 'Oral', dose: [400, 'µg'], reason: 'Before and in early pregnancy' })
  const visits = [
    [8, 'Booking', 'Positive test two weeks ago. Nausea in the mornings, keeps fluids down. First pregnancy. No bleeding.', 'Dates give eight weeks.'],
    [16, 'Antenatal visit', 'Nausea gone. No bleeding, no pain. Dating scan agreed with dates.', 'Fundus half way to the navel, fetal heart 148.'],
    [24, 'Antenatal visit', 'Feels movements daily. Heartburn at night. Anomaly scan normal.', 'Fundal height 24 cm, fetal heart 142. Urine: no protein.'],
    [28, 'Antenatal visit', 'Back ache in the evenings. Movements good. Asked about the flight home.', 'Fundal height 28 cm, fetal heart 138. Urine: no protein.'],
    [32, 'Antenatal visit', 'Tired, sleeps badly. Movements good. No headache, no swelling of the face.', 'Fundal height 32 cm, head up. Urine: no protein.'],
    [36, 'Antenatal visit', 'Tightenings in the evening, settle with rest. Bag packed.', 'Fundal height 36 cm, head down, three fifths palpable.'],
  ]
  for (const [week, type, said, found] of visits) {
    const ago = start - week * 7
    if (ago < 1) continue
    const day = c.freeDay(ago)
    const weight = c.person.body.weight + Math.max(0, week - 12) * 0.42
    const v = c.measure(day, week === 8 ? 'bp weight height' : 'bp weight', { weight })
    if (week === 8) {
      c.lab('fbc', day, { hb: 12.8 })
      c.urine(day, {})
    }
    if (week === 28) c.lab('fbc', day, { hb: 10.6, mcv: 81 })
    if (week === 28) c.vaccine('115', 'Tdap (pertussis in pregnancy)', day, { lot: 'AC37B' })
    c.visit(day, {
      type: 'Antenatal visit',
      reason: `${type}, ${week} weeks`,
      vitals: v,
      note: {
        title: `${type}, week ${week}`,
        s: said,
        o: `BP ${v.bp}, weight ${v.weight} kg. ${found}`,
        a: week === 28 ? 'Pregnancy on course. Mild iron deficiency anaemia.' : 'Pregnancy on course.',
        p:
          week === 8
            ? ['Combined care with the maternity hospital, letter sent', 'Folic acid to week 12, no alcohol, vitamin D', 'Booking bloods', 'Next visit at 16 weeks']
            : week === 28
              ? ['Iron tablet on alternate days', 'Whooping cough vaccine given today', 'Next visit at 32 weeks']
              : ['Signs to ring for: bleeding, waters, fewer movements, headache', 'Next visit as planned'],
      },
    })
    if (week === 28) c.medicine('Ferrous fumarate 322 mg tablets', '1 tablet on alternate days', day, { route: 'Oral', reason: 'Iron deficiency in pregnancy' })
  }
  c.document('Radiology report', 'Dating scan', start - 12 * 7, 'Maternity hospital, ultrasound', 'Single live pregnancy, crown-rump length agrees with dates.')
}

export function ironDeficiency(c, { since = 260 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp hr weight')
  c.problem('D50.9', 'Iron deficiency anaemia', day, since > 300 ? { until: since - 220 } : {})
  c.lab('fbc', day, { hb: 9.8, mcv: 72 })
  c.lab('iron', day, { ferritin: 6 })
  c.visit(day, {
    reason: 'Tired, breathless on stairs',
    vitals: v,
    note: {
      title: 'Tiredness, anaemia',
      s: 'Tired for months, heart pounds on the stairs. Periods heavy, eight days. Bowels normal, no blood seen, no weight loss. Eats little meat.',
      o: `Pale conjunctivae. Pulse ${v.hr}, BP ${v.bp}. Abdomen soft. Hb 9.8, MCV 72, ferritin 6.`,
      a: 'Iron deficiency anaemia, most likely from heavy periods.',
      p: ['Ferrous fumarate once daily on an empty stomach, with orange juice', 'Coeliac antibodies', 'Pelvic ultrasound', 'Hb in four weeks'],
    },
  })
  c.course('Ferrous fumarate 322 mg tablets', '1 tablet daily on an empty stomach', day, 180, { route: 'Oral', frequency: 'Once daily', reason: 'Iron deficiency' })
  for (const [gap, hb, ferritin] of [
    [32, 11.1, 14],
    [150, 13.2, 48],
  ]) {
    if (day - gap < 2) continue
    const later = c.freeDay(day - gap)
    v = c.measure(later, 'bp hr')
    c.lab('fbc', later, { hb, mcv: 76 + gap / 12 })
    c.lab('iron', later, { ferritin })
    c.visit(later, {
      reason: 'Iron, follow-up',
      vitals: v,
      note: {
        title: 'Iron deficiency, follow-up',
        s: gap < 100 ? 'More energy. Dark stools, a little constipated.' : 'Well. Periods lighter since the new coil.',
        o: `Pulse ${v.hr}. Hb ${hb} g/dL, ferritin ${ferritin} µg/L.`,
        a: gap < 100 ? 'Rising as expected.' : 'Anaemia corrected, stores filled.',
        p: gap < 100 ? ['Three months more after Hb is normal', 'Prunes and fluids'] : ['Stop iron', 'Blood count in six months'],
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
      p: ['B12, thyroid, calcium, blood count', 'Memory clinic', 'Cooker timer, pill box by the pharmacy', 'Lasting power of attorney: talk it over as a family'],
    },
  })
  c.lab('iron', found - 2, {})
  c.lab('thyroid', found - 2, {})
  c.document('Outpatient letter', 'Memory clinic', found - 70, 'Dr. F. Grady, geriatrics', 'Alzheimer disease, mild. Donepezil 5 mg started, 10 mg after four weeks. Day centre twice a week recommended.')
  c.medicine('Donepezil 10 mg tablets', '1 tablet at bedtime', found - 100, { dose: [10, 'mg'], route: 'Oral', frequency: 'Once daily', reason: 'Dementia' })
  c.plan('Care at home', found - 90, ['Home help each morning', 'Day centre on Tuesday and Thursday', 'Weight every three months', 'Carer support group for the family'], ['Dementia'], 'Agreed with the daughter, who holds power of attorney.')
  for (const [gap, said] of [
    [150, 'Daughter sees no change. Goes to the day centre gladly. Eats well when served.'],
    [420, 'Wakes at night and looks for the late husband or wife. Carers come twice a day now.'],
    [700, 'Weight down two kilograms. Needs help with washing. Still plays cards.'],
  ]) {
    if (found - gap < 3) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, 'bp hr weight', { weight: c.person.body.weight - gap / 350 })
    c.visit(day, {
      type: 'Home visit',
      reason: 'Dementia, review',
      vitals: v,
      note: {
        title: 'Dementia review',
        s: said.replace('husband or wife', 'husband'),
        o: `Clean, cheerful. Weight ${v.weight} kg, BP ${v.bp}. No pressure marks. Floor free of loose rugs.`,
        a: 'Alzheimer dementia, slowly progressing, well cared for.',
        p: ['Donepezil continued', 'High-calorie drinks between meals', 'Respite week offered to the daughter'],
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
      p: ['Breathing exercise practised', 'Cognitive therapy, online course until the place comes up', 'No energy drinks', 'ECG and TSH for reassurance'],
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

export function contraception(c, { since = 500 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp weight height')
  c.medicine('Ethinylestradiol 30 µg with levonorgestrel 150 µg tablets', '1 tablet daily for 21 days, 7 days free', day, { route: 'Oral', frequency: 'Once daily', reason: 'Contraception' })
  c.visit(day, {
    reason: 'Contraception',
    vitals: v,
    note: {
      title: 'Contraception, first visit',
      s: 'Wants a reliable method. Periods regular, painful on the first day. Does not smoke, no migraine, no clots in the family.',
      o: `BP ${v.bp}, BMI ${v.bmi}.`,
      a: 'No reason against a combined pill.',
      p: ['Combined pill; missed-pill rules and signs of a clot explained', 'Condoms for infections', 'Blood pressure in three months'],
    },
  })
  for (const gap of [95, 420]) {
    if (day - gap < 2) continue
    const later = c.freeDay(day - gap)
    v = c.measure(later, 'bp weight')
    c.visit(later, {
      reason: 'Pill check',
      vitals: v,
      note: {
        title: 'Pill check',
        s: 'No missed pills, lighter periods. No headaches, no leg pain.',
        o: `BP ${v.bp}, weight ${v.weight} kg.`,
        a: 'Suits well.',
        p: ['Repeat for twelve months', 'Cervical screening from 25'],
      },
    })
  }
}

export function osteoporosis(c, { since = 800 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp weight height')
  c.problem('M81.0', 'Osteoporosis', day - 20)
  c.problem('S52.5', 'Fracture of the wrist', day + 45, { until: day - 20 })
  c.visit(day, {
    reason: 'After wrist fracture',
    vitals: v,
    note: {
      title: 'Fragility fracture',
      s: 'Broke the left wrist on the kitchen floor six weeks ago, cast just off. Menopause at 47. Mother broke a hip. Three centimetres shorter than in the passport.',
      o: `Height ${v.height} cm, weight ${v.weight} kg. Wrist stiff, hand warm. Spine not tender.`,
      a: 'Fragility fracture, osteoporosis likely.',
      p: ['Bone density scan', 'Vitamin D, calcium, kidney function', 'Hand exercises', 'Home: rugs, light on the stairs'],
    },
  })
  c.document('Radiology report', 'Bone density scan', day - 18, 'Radiology, Mercy Hospital', 'T-score spine -2.9, hip -2.4. Osteoporosis.')
  c.lab('renal', day - 2, {})
  c.medicine('Alendronic acid 70 mg tablets', '1 tablet once a week, fasting, upright for 30 minutes', day - 25, { dose: [70, 'mg'], route: 'Oral', frequency: 'Once weekly', reason: 'Osteoporosis' })
  c.medicine('Calcium 500 mg with vitamin D 400 IU', '1 tablet twice daily', day - 25, { route: 'Oral', frequency: 'Twice daily', reason: 'Osteoporosis' })
  for (const gap of [28, 390]) {
    if (day - gap < 2) continue
    const later = c.freeDay(day - gap)
    v = c.measure(later, 'bp weight')
    c.visit(later, {
      reason: 'Bone health',
      vitals: v,
      note: {
        title: 'Osteoporosis review',
        s: gap < 100 ? 'Here for the scan result.' : 'Takes the weekly tablet on Sundays before Mass. No heartburn. No falls.',
        o: gap < 100 ? 'T-score spine -2.9.' : `Steady on one leg for eight seconds. Weight ${v.weight} kg.`,
        a: gap < 100 ? 'Osteoporosis.' : 'Osteoporosis, on treatment without trouble.',
        p: gap < 100 ? ['Alendronic acid weekly, how to take it', 'Calcium and vitamin D', 'Dentist before starting'] : ['Continue to five years', 'Strength and balance class'],
      },
    })
  }
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
      p: ['Tamsulosin 400 µg at night; dizziness on standing explained', 'Less tea in the evening', 'PSA discussed and taken'],
    },
  })
  c.medicine('Tamsulosin 400 µg capsules', '1 capsule at night', day, { dose: [400, 'µg'], route: 'Oral', frequency: 'Once daily', reason: 'Prostate enlargement' })
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
      p: ['Omeprazole 20 mg before breakfast for four weeks', 'Last meal three hours before bed, head of the bed up', 'Come back if it returns'],
    },
  })
  c.medicine('Omeprazole 20 mg capsules', '1 capsule before breakfast when needed', day, { dose: [20, 'mg'], route: 'Oral', frequency: 'As needed', prn: true, reason: 'Reflux' })
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

export function epilepsy(c, { since = 1500 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp hr weight')
  c.problem('G40.9', 'Epilepsy', day + 30)
  c.document('Discharge letter', 'First seizure', day + 12, 'Mercy Hospital, emergency department', 'Witnessed generalised seizure of two minutes. CT head normal. Neurology follow-up, no driving.')
  c.document('Outpatient letter', 'Neurology clinic', day - 40, 'Dr. U. Banerjee, neurology', 'Focal epilepsy, MRI normal, EEG left temporal sharp waves. Levetiracetam 500 mg twice daily.')
  c.visit(day, {
    reason: 'After a seizure',
    vitals: v,
    note: {
      title: 'After first seizure',
      s: 'Collapsed in the kitchen two weeks ago, partner saw jerking for two minutes, tongue bitten. Three spells of déjà vu before that. No alcohol.',
      o: `Neurology normal. BP ${v.bp}, pulse ${v.hr}.`,
      a: 'First seizure, epilepsy likely.',
      p: ['No driving, tell the licensing authority', 'Showers, not baths; no ladders', 'What to do in a seizure: partner shown'],
    },
  })
  c.medicine('Levetiracetam 500 mg tablets', '1 tablet morning and evening', day - 40, { dose: [500, 'mg'], route: 'Oral', frequency: 'Twice daily', reason: 'Epilepsy' })
  for (const gap of [120, 500, 880, 1250]) {
    if (day - gap < 3) continue
    const later = c.freeDay(day - gap)
    v = c.measure(later, 'bp weight')
    c.visit(later, {
      type: 'Annual review',
      reason: 'Epilepsy review',
      vitals: v,
      note: {
        title: 'Epilepsy review',
        s: gap < 200 ? 'No seizure since starting the tablets. A bit irritable the first month.' : 'Seizure-free. Never misses a dose, alarm on the phone. Drives again.',
        o: `Weight ${v.weight} kg. No tremor, no nystagmus.`,
        a: 'Focal epilepsy, controlled.',
        p: ['Continue levetiracetam', 'Review once a year, earlier with pregnancy wish or new medicines'],
      },
    })
  }
}
