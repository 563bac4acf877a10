// Pregnancy, contraception, iron and bones: what mostly women come for.

export function pregnancy(c, { weeks = 28 } = {}) {
  const start = weeks * 7
  c.problem('Z34.9', 'Pregnancy, normal', start - 42)
  c.medicine('Folic acid 400 µg tablets', '1 tablet daily', start + 60, {
    until: start - 84,
    status: 'completed',
    route: 'Oral',
    dose: [400, 'µg'],
    reason: 'Before and in early pregnancy',
  })
  const visits = [
    [
      8,
      'Booking',
      'Positive test two weeks ago. Nausea in the mornings, keeps fluids down. First pregnancy. No bleeding.',
      'Dates give eight weeks.',
    ],
    [
      16,
      'Antenatal visit',
      'Nausea gone. No bleeding, no pain. Dating scan agreed with dates.',
      'Fundus half way to the navel, fetal heart 148.',
    ],
    [
      24,
      'Antenatal visit',
      'Feels movements daily. Heartburn at night. Anomaly scan normal.',
      'Fundal height 24 cm, fetal heart 142. Urine: no protein.',
    ],
    [
      28,
      'Antenatal visit',
      'Back ache in the evenings. Movements good. Asked about the flight home.',
      'Fundal height 28 cm, fetal heart 138. Urine: no protein.',
    ],
    [
      32,
      'Antenatal visit',
      'Tired, sleeps badly. Movements good. No headache, no swelling of the face.',
      'Fundal height 32 cm, head up. Urine: no protein.',
    ],
    [
      36,
      'Antenatal visit',
      'Tightenings in the evening, settle with rest. Bag packed.',
      'Fundal height 36 cm, head down, three fifths palpable.',
    ],
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
            ? [
                'Combined care with the maternity hospital, letter sent',
                'Folic acid to week 12, no alcohol, vitamin D',
                'Booking bloods',
                'Next visit at 16 weeks',
              ]
            : week === 28
              ? [
                  'Iron tablet on alternate days',
                  'Whooping cough vaccine given today',
                  'Next visit at 32 weeks',
                ]
              : ['Signs to ring for: bleeding, waters, fewer movements, headache', 'Next visit as planned'],
      },
    })
    if (week === 28)
      c.medicine('Ferrous fumarate 322 mg tablets', '1 tablet on alternate days', day, {
        route: 'Oral',
        reason: 'Iron deficiency in pregnancy',
      })
  }
  c.document(
    'Radiology report',
    'Dating scan',
    start - 12 * 7,
    'Maternity hospital, ultrasound',
    'Single live pregnancy, crown-rump length agrees with dates.',
  )
}

export function contraception(c, { since = 500 } = {}) {
  const day = c.freeDay(since)
  let v = c.measure(day, 'bp weight height')
  c.medicine(
    'Ethinylestradiol 30 µg with levonorgestrel 150 µg tablets',
    '1 tablet daily for 21 days, 7 days free',
    day,
    { route: 'Oral', frequency: 'Once daily', reason: 'Contraception' },
  )
  c.visit(day, {
    reason: 'Contraception',
    vitals: v,
    note: {
      title: 'Contraception, first visit',
      s: 'Wants a reliable method. Periods regular, painful on the first day. Does not smoke, no migraine, no clots in the family.',
      o: `BP ${v.bp}, BMI ${v.bmi}.`,
      a: 'No reason against a combined pill.',
      p: [
        'Combined pill; missed-pill rules and signs of a clot explained',
        'Condoms for infections',
        'Blood pressure in three months',
      ],
    },
  })
  for (const gap of c.spread(day, [95, 420])) {
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
      p: [
        'Ferrous fumarate once daily on an empty stomach, with orange juice',
        'Coeliac antibodies',
        'Pelvic ultrasound',
        'Hb in four weeks',
      ],
    },
  })
  c.course('Ferrous fumarate 322 mg tablets', '1 tablet daily on an empty stomach', day, 180, {
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Iron deficiency',
  })
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
        s:
          gap < 100
            ? 'More energy. Dark stools, a little constipated.'
            : 'Well. Periods lighter since the new coil.',
        o: `Pulse ${v.hr}. Hb ${hb} g/dL, ferritin ${ferritin} µg/L.`,
        a: gap < 100 ? 'Rising as expected.' : 'Anaemia corrected, stores filled.',
        p:
          gap < 100
            ? ['Three months more after Hb is normal', 'Prunes and fluids']
            : ['Stop iron', 'Blood count in six months'],
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
      p: [
        'Bone density scan',
        'Vitamin D, calcium, kidney function',
        'Hand exercises',
        'Home: rugs, light on the stairs',
      ],
    },
  })
  c.document(
    'Radiology report',
    'Bone density scan',
    day - 18,
    'Radiology, Mercy Hospital',
    'T-score spine -2.9, hip -2.4. Osteoporosis.',
  )
  c.lab('renal', day - 2, {})
  c.medicine(
    'Alendronic acid 70 mg tablets',
    '1 tablet once a week, fasting, upright for 30 minutes',
    day - 25,
    { dose: [70, 'mg'], route: 'Oral', frequency: 'Once weekly', reason: 'Osteoporosis' },
  )
  c.medicine('Calcium 500 mg with vitamin D 400 IU', '1 tablet twice daily', day - 25, {
    route: 'Oral',
    frequency: 'Twice daily',
    reason: 'Osteoporosis',
  })
  for (const gap of c.spread(day, [28, 390])) {
    if (day - gap < 2) continue
    const later = c.freeDay(day - gap)
    v = c.measure(later, 'bp weight')
    c.visit(later, {
      reason: 'Bone health',
      vitals: v,
      note: {
        title: 'Osteoporosis review',
        s:
          gap < 100
            ? 'Here for the scan result.'
            : 'Takes the weekly tablet on Sundays before Mass. No heartburn. No falls.',
        o: gap < 100 ? 'T-score spine -2.9.' : `Steady on one leg for eight seconds. Weight ${v.weight} kg.`,
        a: gap < 100 ? 'Osteoporosis.' : 'Osteoporosis, on treatment without trouble.',
        p:
          gap < 100
            ? ['Alendronic acid weekly, how to take it', 'Calcium and vitamin D', 'Dentist before starting']
            : ['Continue to five years', 'Strength and balance class'],
      },
    })
  }
}
