// Short illnesses and single visits of adults and older children. Each says when it happened, in days before today.

const simple = (c, daysAgo, { what, given, ...visit }) => {
  const day = c.freeDay(daysAgo)
  const v = what ? c.measure(day, what, given) : undefined
  const note = typeof visit.note === 'function' ? visit.note(v ?? {}) : visit.note
  c.visit(day, { ...visit, note, ...(v ? { vitals: v } : {}) })
  return day
}

export function cold(c, ago) {
  const { random } = c
  const days = random.pick(['Three', 'Four', 'Five'])
  simple(c, ago, {
    what: 'temp hr',
    given: { temp: random.near(37.5, 0.4) },
    reason: random.pick(['Cough and cold', 'Sore throat, runny nose']),
    note: (v) => ({
      title: 'Common cold',
      s: `${days} days of runny nose, sore throat and dry cough. ${random.pick(['Partner has it too.', 'Two at work are off sick.', 'Grandchildren visited at the weekend.'])} Drinks well, no breathlessness.`,
      o: `Temp ${v.t}. Throat red, no pus. Ears and chest clear.`,
      a: 'Viral upper respiratory infection.',
      p: [
        'No antibiotic: explained why',
        'Paracetamol, fluids, rest',
        `Sick note for ${random.pick(['two', 'three'])} days`,
        'Back if fever beyond five days or breathless',
      ],
    }),
  })
}

export function tonsillitis(c, ago) {
  const day = simple(c, ago, {
    what: 'temp hr',
    given: { temp: 38.7, hr: 98 },
    reason: 'Sore throat, fever',
    note: (v) => ({
      title: 'Tonsillitis',
      s: 'Throat pain for three days, fever, cannot swallow bread. No cough, no rash.',
      o: `Temp ${v.t}. Both tonsils large with white spots, tender glands at the jaw. No trismus. Rapid strep test positive. Ears normal.`,
      a: 'Streptococcal tonsillitis.',
      p: [
        'Phenoxymethylpenicillin for seven days',
        'Paracetamol and ibuprofen, cold drinks',
        'Back at once if the mouth will not open or drooling',
      ],
    }),
  })
  c.course('Phenoxymethylpenicillin 333 mg tablets', '2 tablets twice daily for 7 days', day, 7, {
    route: 'Oral',
    reason: 'Tonsillitis',
  })
  c.problem('J03.0', 'Streptococcal tonsillitis', day, { until: day - 8 })
}

export function cystitis(c, ago) {
  const day = simple(c, ago, {
    what: 'temp',
    reason: 'Burning on passing water',
    note: (v) => ({
      title: 'Lower urinary tract infection',
      s: 'Two days of burning and frequency. No fever, no back pain, not pregnant. Last one over a year ago.',
      o: `Temp ${v.t}, loins not tender. Dipstick: leucocytes and nitrite positive.`,
      a: 'Uncomplicated cystitis.',
      p: ['Nitrofurantoin for three days', 'Fluids', 'Back with fever, shivering or loin pain'],
    }),
  })
  c.urine(day, { leucocytes: '++', nitrite: 'positive', blood: 'trace' })
  c.course(
    'Nitrofurantoin 100 mg modified-release capsules',
    '1 capsule twice daily with food for 3 days',
    day,
    3,
    { route: 'Oral', reason: 'Cystitis' },
  )
  c.problem('N30.0', 'Acute cystitis', day, { until: day - 4 })
}

export function backPain(c, ago) {
  const { random } = c
  const day = simple(c, ago, {
    what: 'pain',
    given: { pain: 7 },
    reason: 'Back pain',
    note: {
      title: 'Low back pain',
      s: `Sudden pain low on the ${random.pick(['left', 'right'])} after lifting ${random.pick(['a washing machine', 'sacks of feed', 'the buggy into the car'])}, cannot straighten. No pain below the knee, bladder and bowel normal, no fever.`,
      o: 'Walks bent. Muscles tense beside L4, forward bend to the knees. Straight leg raise free both sides, reflexes and power normal.',
      a: 'Mechanical low back pain, no red flags.',
      p: [
        'Stay active, heat',
        'Ibuprofen 400 mg with food for five days',
        'Physiotherapy exercises sheet',
        'Back at once with numbness between the legs',
      ],
    },
  })
  c.course('Ibuprofen 400 mg tablets', '1 tablet three times a day with food, at most 5 days', day, 5, {
    route: 'Oral',
    reason: 'Back pain',
  })
  c.problem('M54.5', 'Low back pain', day, { until: Math.max(1, day - 30) })
  if (day > 40) {
    simple(c, day - 20, {
      reason: 'Back pain, review',
      note: {
        title: 'Low back pain, review',
        s: 'Much better, still stiff after driving. Back at work with lighter duties.',
        o: 'Moves freely, finger to floor 15 cm.',
        a: 'Recovering.',
        p: ['Exercises on most days', 'No picture needed'],
      },
    })
  }
}

export function ankle(c, ago) {
  const side = c.random.pick(['left', 'right'])
  const day = simple(c, ago, {
    what: 'pain',
    given: { pain: 5 },
    reason: 'Twisted ankle',
    note: {
      title: 'Ankle sprain',
      s: `Turned the ${side} ankle inwards ${c.random.pick(['at hurling', 'on the kerb', 'on the football pitch'])} yesterday. Could walk four steps straight after.`,
      o: 'Swelling and bruise in front of the outer malleolus. Bone edges not tender, fifth metatarsal not tender. Draws firm.',
      a: 'Sprain of the outer ligaments. Ottawa rules: no X-ray.',
      p: [
        'Ice, bandage, leg up for two days, then move',
        'Balance exercises from day five',
        'No sport for three weeks',
      ],
    },
  })
  c.problem('S93.4', 'Sprain of ankle', day, { until: Math.max(1, day - 25) })
}

export function cut(c, ago) {
  const day = simple(c, ago, {
    what: 'bp',
    reason: 'Cut finger',
    note: {
      title: 'Laceration of finger',
      s: 'Bread knife slipped an hour ago, left index finger. Tetanus booster seven years ago.',
      o: 'Clean 2 cm cut over the middle phalanx. Tendon strong against resistance, feeling and colour normal.',
      a: 'Simple laceration.',
      p: ['Lidocaine, cleaned, three sutures', 'Dry for 48 hours', 'Sutures out in ten days by the nurse'],
    },
    ...(c.person.key === 'lukasz'
      ? {
          correction: {
            after: 2,
            reason: 'Wrong hand written down',
            from: 'left index finger',
            to: 'right index finger',
          },
        }
      : {}),
  })
  c.procedure('Suture of laceration', day, {
    bodySite: c.person.key === 'lukasz' ? 'Right index finger' : 'Left index finger',
    outcome: 'Three sutures',
  })
  simple(c, day - 10, {
    type: 'Nurse visit',
    reason: 'Removal of sutures',
    note: {
      title: 'Sutures out',
      s: 'No pain, no discharge.',
      o: 'Wound closed, no redness.',
      a: 'Healed.',
      p: ['Three sutures removed', 'Sun cream on the scar'],
    },
  })
}

export function pneumonia(c, ago) {
  const day = simple(c, ago, {
    what: 'bp hr rr temp spo2',
    given: { temp: 38.9, rr: 22, spo2: 94, hr: 102 },
    reason: 'Fever and cough',
    note: (v) => ({
      title: 'Pneumonia',
      s: 'Shivering since Sunday, rusty phlegm, stabbing pain at the right side on breathing in. Eats little, drinks.',
      o: `Temp ${v.t}, RR ${v.rr}, SpO2 ${v.spo2} %, BP ${v.bp}, pulse ${v.hr}. Crackles and bronchial breathing at the right base. Clear mind.`,
      a: 'Community-acquired pneumonia, CRB-65: 0 to 1, home treatment possible.',
      p: [
        'Amoxicillin 500 mg three times a day for five days',
        'Paracetamol, fluids',
        'CRP and chest X-ray today',
        'Phone tomorrow; 112 if breathless at rest or confused',
      ],
    }),
    addendum: {
      after: 1,
      text: 'Rang: fever down to 38, breathing easier, drinks tea. X-ray confirms right lower lobe. Visit on Friday.',
    },
  })
  c.lab('crp', day, { crp: 148 })
  c.lab('fbc', day, { wbc: 16.2 })
  c.document(
    'Radiology report',
    'Chest X-ray',
    day,
    'Radiology, Mercy Hospital',
    'Consolidation of the right lower lobe. No effusion. Repeat in six weeks.',
  )
  c.course('Amoxicillin 500 mg capsules', '1 capsule three times a day for 5 days', day, 5, {
    route: 'Oral',
    reason: 'Pneumonia',
  })
  c.problem('J18.9', 'Pneumonia', day, { until: Math.max(1, day - 40) })
  if (day > 10) {
    simple(c, day - 5, {
      what: 'temp spo2 rr',
      reason: 'Pneumonia, check',
      note: (v) => ({
        title: 'Pneumonia, check',
        s: 'No fever for three days, tired, eats again.',
        o: `Temp ${v.t}, SpO2 ${v.spo2} %. Few crackles right base.`,
        a: 'Recovering.',
        p: ['X-ray again in six weeks', 'Back to work when stairs are easy'],
      }),
    })
  }
}

export function stomachBug(c, ago) {
  simple(c, ago, {
    what: 'temp bp hr',
    given: { temp: 37.6, hr: 88 },
    reason: 'Vomiting and diarrhoea',
    note: (v) => ({
      title: 'Gastroenteritis',
      s: 'Vomited all night, watery stools eight times, no blood. The whole table from the communion dinner is ill.',
      o: `Temp ${v.t}, BP ${v.bp}. Tongue moist, abdomen soft, no guarding.`,
      a: 'Viral gastroenteritis, not dehydrated.',
      p: [
        'Oral rehydration in small sips',
        'Home until 48 hours after the last loose stool',
        'Ring with blood, high fever or no urine for twelve hours',
      ],
    }),
  })
}

export function hayFever(c, ago) {
  const day = simple(c, ago, {
    reason: 'Sneezing, itchy eyes',
    note: {
      title: 'Hay fever',
      s: 'Sneezes from May to July, eyes itch, worse when the grass is cut. No wheeze.',
      o: 'Pale swollen nasal lining, red conjunctivae. Chest clear.',
      a: 'Seasonal allergic rhinitis.',
      p: [
        'Cetirizine 10 mg daily in season',
        'Mometasone nasal spray, technique shown',
        'Windows shut at night, hair washed',
      ],
    },
  })
  c.problem('J30.1', 'Allergic rhinitis due to pollen', day + 400)
  c.medicine('Cetirizine 10 mg tablets', '1 tablet daily in the pollen season', day, {
    route: 'Oral',
    frequency: 'As needed',
    prn: true,
    reason: 'Hay fever',
  })
}

export function vertigo(c, ago) {
  const day = simple(c, ago, {
    what: 'bp hr',
    reason: 'Dizziness',
    note: (v) => ({
      title: 'Positional vertigo',
      s: 'The room turns for half a minute when rolling over in bed, with nausea. Hearing as before. No headache, speech and limbs normal.',
      o: `BP ${v.bp}. Dix-Hallpike positive on the right with turning nystagmus. Gait, finger-nose, face normal.`,
      a: 'Benign positional vertigo, right.',
      p: [
        'Epley manoeuvre done, free of symptoms after',
        'Exercises at home for a week',
        'Do not climb ladders until gone',
      ],
    }),
  })
  c.procedure('Epley manoeuvre', day, { outcome: 'Free of symptoms' })
  c.problem('H81.1', 'Benign paroxysmal vertigo', day, { until: Math.max(1, day - 14) })
}

export function shingles(c, ago) {
  const day = simple(c, ago, {
    what: 'temp pain',
    given: { pain: 6 },
    reason: 'Painful rash',
    note: (v) => ({
      title: 'Shingles',
      s: 'Burning at the left ribs for three days, blisters since yesterday. Had chickenpox as a child.',
      o: `Temp ${v.t}. Groups of blisters on red skin in a band at T6 left, not across the midline. Eyes free.`,
      a: 'Herpes zoster, within 72 hours of the rash.',
      p: [
        'Valaciclovir 1 g three times a day for seven days',
        'Keep away from pregnant women and babies until crusted',
        'Back if pain lasts after the rash',
      ],
    }),
  })
  c.course('Valaciclovir 500 mg tablets', '2 tablets three times a day for 7 days', day, 7, {
    route: 'Oral',
    reason: 'Shingles',
  })
  c.problem('B02.9', 'Herpes zoster', day, { until: Math.max(1, day - 30) })
}

export function cellulitis(c, ago) {
  const day = simple(c, ago, {
    what: 'temp hr bp',
    given: { temp: 37.8 },
    reason: 'Red, hot leg',
    note: (v) => ({
      title: 'Cellulitis',
      s: 'Right shin red and hot since yesterday after a scratch in the garden. No shivering.',
      o: `Temp ${v.t}, pulse ${v.hr}. Warm redness 12 by 8 cm, edge drawn with a pen. Athlete's foot between the toes. Calf soft.`,
      a: 'Cellulitis, mild.',
      p: [
        'Flucloxacillin 500 mg four times a day for seven days',
        'Leg up',
        'Terbinafine cream between the toes',
        'Back tomorrow if beyond the line',
      ],
    }),
  })
  c.course('Flucloxacillin 500 mg capsules', '1 capsule four times a day for 7 days, empty stomach', day, 7, {
    route: 'Oral',
    reason: 'Cellulitis',
  })
  c.problem('L03.1', 'Cellulitis of leg', day, { until: Math.max(1, day - 12) })
}

export function chestPain(c, ago) {
  const day = simple(c, ago, {
    what: 'bp hr spo2',
    reason: 'Chest pain',
    note: (v) => ({
      title: 'Chest wall pain',
      s: 'Sharp pain left of the breastbone for two days, on turning and deep breath, after painting the ceiling. Not on the stairs. No sweat, no breathlessness.',
      o: `BP ${v.bp}, pulse ${v.hr}, SpO2 ${v.spo2} %. Pain on pressing the third rib exactly as told. Heart, lungs, calves normal. ECG normal.`,
      a: 'Chest wall pain. Heart and lung causes unlikely.',
      p: [
        'Told what it is and what it is not',
        'Ibuprofen gel',
        '112 with pressure, arm or jaw pain, or breathlessness',
      ],
    }),
  })
  c.procedure('ECG, 12 leads', day, { outcome: 'Normal' })
}

export function earWax(c, ago) {
  const day = simple(c, ago, {
    type: 'Nurse visit',
    reason: 'Blocked ear',
    note: {
      title: 'Ear wax',
      s: 'Right ear blocked since swimming. No pain.',
      o: 'Wax fills the right canal. After irrigation the drum is normal, hearing back.',
      a: 'Impacted wax.',
      p: ['Irrigation done', 'Olive oil drops once a week, no cotton buds'],
    },
  })
  c.procedure('Ear irrigation', day, { bodySite: 'Right ear', outcome: 'Drum normal' })
}

export function fluVaccine(c, ago) {
  c.vaccine('150', 'Influenza vaccine', Math.max(1, ago), {
    lot: `U${c.random.int(3000, 3999)}A`,
    site: 'Left upper arm',
  })
}

export function check(c, ago) {
  const day = c.freeDay(ago)
  const v = c.measure(day, 'bp hr weight height')
  c.lab('lipids', day, {})
  c.lab('glucose', day, {})
  c.visit(day, {
    type: 'Health check',
    reason: 'Health check',
    vitals: v,
    minutes: 20,
    note: {
      title: 'Health check',
      s: 'No complaints. Family: father heart attack at 70. Does not smoke, wine at weekends, cycles to work.',
      o: `BP ${v.bp}, pulse ${v.hr}, BMI ${v.bmi}. Heart, lungs, abdomen, skin normal.`,
      a: 'Healthy, low cardiovascular risk.',
      p: ['Results by text message', 'Next check in three years', 'Dentist and eye test up to date'],
    },
  })
}

export function sickNote(c, ago) {
  simple(c, ago, {
    what: 'temp',
    given: { temp: 38.4 },
    reason: 'Flu',
    note: (v) => ({
      title: 'Influenza',
      s: 'Sudden fever, aching limbs, headache since last night. Cough dry. Not vaccinated this year.',
      o: `Temp ${v.t}. Chest clear, neck supple.`,
      a: 'Influenza, season is on.',
      p: ['Bed, fluids, paracetamol', 'Sick note for five days', 'Ring if breathless or fever returns'],
    }),
  })
}

export function eczemaHands(c, ago) {
  const day = simple(c, ago, {
    reason: 'Itchy hands',
    note: {
      title: 'Hand eczema',
      s: 'Itchy cracked hands for months, worse since the new job with much washing.',
      o: 'Dry fissured skin on both hands, no pus. Elbows and nails normal.',
      a: 'Irritant contact dermatitis.',
      p: [
        'Emollient after each wash, cotton under gloves',
        'Betamethasone 0.1 % ointment at night for two weeks',
        'Occupational health form',
      ],
    },
  })
  c.problem('L24.9', 'Irritant contact dermatitis', day)
  c.course('Betamethasone 0.1 % ointment', 'Thin layer on the hands at night for 2 weeks', day, 14, {
    route: 'Topical',
    reason: 'Hand eczema',
  })
}

export function smear(c, ago) {
  const day = simple(c, ago, {
    type: 'Nurse visit',
    reason: 'Cervical screening',
    note: {
      title: 'Cervical screening',
      s: 'Invited, no complaints, periods regular.',
      o: 'Cervix seen, sample taken.',
      a: 'Screening sample.',
      p: ['Result by letter within six weeks'],
    },
  })
  c.procedure('Cervical screening sample', day, { outcome: 'HPV not detected' })
}
