// Long illnesses of heart, vessels, sugar and kidney, as a family doctor follows them over years.

export function hypertension(c, { since = 1500, second = false, target = '140/90' } = {}) {
  const { random } = c
  const found = c.freeDay(since)
  const high = random.int(158, 174)
  let v = c.measure(found, 'bp hr weight height', { sys: high, dia: random.int(96, 104) })
  c.problem('I10', 'Essential hypertension', found)
  c.visit(found, {
    reason: 'Raised blood pressure at pharmacy check',
    vitals: v,
    note: {
      title: 'Raised blood pressure',
      s: 'Told at the pharmacy that the pressure was high, twice in one month. No headache, no chest pain, no breathlessness. Parent had a stroke in the late sixties. Salt with most meals, little exercise.',
      o: `BP ${v.bp}, repeated after five minutes ${high - 4}/${v.dia - 2}, both arms alike. Pulse ${v.hr}, regular. Heart sounds normal, no bruits. Fundi not dilated, no changes seen. Urine: no protein, no blood.`,
      a: 'Probable essential hypertension. No sign of organ damage so far.',
      p: [
        'Home readings morning and evening for seven days, cuff lent',
        'Renal profile, lipids, HbA1c and ECG',
        'Less salt, walking 30 minutes on five days',
        'Review with results in two weeks',
      ],
    },
  })
  c.lab('renal', found - 3, {})
  c.lab('lipids', found - 3, { chol: random.near(5.6, 0.5), ldl: random.near(3.5, 0.4) })
  c.procedure('ECG, 12 leads', found - 3, { outcome: 'Sinus rhythm, no left ventricular hypertrophy' })
  const start = c.freeDay(found - 15)
  v = c.measure(start, 'bp hr', { sys: high - 6, dia: 97 })
  c.medicine('Ramipril 2.5 mg capsules', '1 capsule each morning', start, {
    until: start - 42,
    status: 'stopped',
    statusReason: 'Dose increased',
    dose: [2.5, 'mg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Essential hypertension',
  })
  c.visit(start, {
    reason: 'Results and home readings',
    vitals: v,
    note: {
      title: 'Hypertension, start of treatment',
      s: `Home average ${high - 10}/95 over seven days. Feels well. Has cut out crisps and processed meat.`,
      o: `BP ${v.bp}. Bloods: kidney function and potassium normal, cholesterol a little raised. ECG normal.`,
      a: 'Essential hypertension confirmed by home readings.',
      p: [
        'Ramipril 2.5 mg once daily; cough and light-headedness explained',
        'Kidney function and potassium again in two weeks',
        'Review in six weeks',
      ],
    },
  })
  c.lab('renal', start - 14, {}, 'No change after starting ramipril')
  const titrated = c.freeDay(start - 42)
  v = c.measure(titrated, 'bp hr', { sys: 148, dia: 91 })
  c.medicine('Ramipril 5 mg capsules', '1 capsule each morning', titrated, {
    dose: [5, 'mg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Essential hypertension',
  })
  c.visit(titrated, {
    reason: 'Blood pressure review',
    vitals: v,
    note: {
      title: 'Hypertension review',
      s: 'Takes the capsule with breakfast, no missed days. No cough, no dizziness on standing.',
      o: `BP ${v.bp} sitting, 144/90 standing. No ankle swelling.`,
      a: `Better, not yet below ${target}.`,
      p: ['Ramipril to 5 mg', 'Home readings for a week before the next visit', 'Review in eight weeks'],
    },
  })
  const later = c.freeDay(titrated - 60)
  v = c.measure(later, 'bp hr weight', { sys: second ? 150 : 134, dia: second ? 93 : 82 })
  if (second) {
    c.medicine('Amlodipine 5 mg tablets', '1 tablet at night', later, {
      dose: [5, 'mg'],
      route: 'Oral',
      frequency: 'Once daily',
      reason: 'Essential hypertension',
    })
  }
  c.visit(later, {
    reason: 'Blood pressure review',
    vitals: v,
    note: {
      title: 'Hypertension review',
      s: second
        ? 'Some missed doses during night shifts. Wakes with a dull headache now and then.'
        : 'Home readings mostly 128 to 136 over 80. Walks to work now.',
      o: `BP ${v.bp}. Heart and lungs normal. No oedema.`,
      a: second ? 'Not controlled on one medicine.' : 'Well controlled on ramipril 5 mg.',
      p: second
        ? ['Add amlodipine 5 mg at night', 'Pill box and phone reminder', 'Review in six weeks']
        : ['Continue', 'Bloods and review once a year', 'Blood pressure at the pharmacy every three months'],
    },
  })
  const years = Math.min(4, Math.floor(later / 300))
  for (let n = 1; n <= years; n += 1) yearlyPressure(c, later - (later * n) / (years + 0.12), { second })
}

function yearlyPressure(c, daysAgo, { second }) {
  if (daysAgo < 5) return
  const day = c.freeDay(daysAgo)
  const v = c.measure(day, 'bp hr weight', { sys: c.random.int(126, 138), dia: c.random.int(76, 85) })
  c.lab('renal', day, {})
  c.lab('lipids', day, {})
  c.visit(day, {
    type: 'Annual review',
    reason: 'Hypertension, annual review',
    vitals: v,
    note: {
      title: 'Hypertension, annual review',
      s: c.random.pick([
        'No complaints. Takes the medicine daily. Sleeps well, no snoring noticed. Does not smoke.',
        'Feels well. A glass of wine at weekends. Swims once a week. No side effects noticed.',
      ]),
      o: `BP ${v.bp}, pulse ${v.hr} regular, weight ${v.weight} kg. Pulses palpable, no oedema.`,
      a: `Hypertension, controlled on ${second ? 'ramipril and amlodipine' : 'ramipril'}.`,
      p: [
        'Same treatment for a year',
        'Results by text message',
        'Come earlier if home readings stay above 145',
      ],
    },
  })
}

export function diabetes(c, { since = 1700, from = 74, kidney = false } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr weight height')
  c.problem('E11.9', 'Type 2 diabetes mellitus', found)
  c.lab('hba1c', found, { hba1c: from })
  c.lab('lipids', found, { chol: 5.9, ldl: 3.8, trig: 2.6, hdl: 1 })
  c.visit(found, {
    reason: 'Tiredness, thirst',
    vitals: v,
    minutes: 20,
    note: {
      title: 'New type 2 diabetes',
      s: 'Three months of thirst and getting up twice at night to pass water. Tired after lunch. Weight down a little without trying. Mother had diabetes.',
      o: `Weight ${v.weight} kg, BMI ${v.bmi}. BP ${v.bp}. HbA1c ${from} mmol/mol. Feet: pulses present, feeling intact on ten points. Urine ketones negative.`,
      a: 'Type 2 diabetes, newly found, without acute complications.',
      p: [
        'Metformin 500 mg with the evening meal, one tablet more each week to 1 g twice daily',
        'Dietitian and structured education',
        'Retinal screening',
        'HbA1c in three months',
      ],
    },
  })
  c.medicine('Metformin 1 g tablets', '1 tablet with breakfast and 1 with the evening meal', found - 21, {
    dose: [1, 'g'],
    route: 'Oral',
    frequency: 'Twice daily',
    reason: 'Type 2 diabetes',
  })
  c.medicine('Atorvastatin 20 mg tablets', '1 tablet at night', found - 95, {
    dose: [20, 'mg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Cardiovascular risk in diabetes',
  })
  c.plan(
    'Diabetes care',
    found - 10,
    [
      'HbA1c every three to six months',
      'Feet, kidney function, urine albumin and lipids once a year',
      'Retinal screening once a year',
      'Weight: five per cent less within a year',
    ],
    ['Type 2 diabetes mellitus'],
    'Agreed with the patient at the first review.',
  )
  let value = from - 18
  let day = found - 95
  const reviews = kidney ? 7 : 6
  const step = Math.max(150, (day - 30) / (reviews - 1))
  for (let n = 0; n < reviews && day > 6; n += 1) {
    const at = c.freeDay(day)
    const yearly = n % 2 === 1
    v = c.measure(at, 'bp hr weight', kidney ? { sys: 138 + n, dia: 80 } : {})
    c.lab('hba1c', at, { hba1c: value })
    const egfr = kidney ? 62 - n * 4 : 88
    if (yearly || kidney) c.lab('renal', at, kidney ? { egfr, creat: 98 + n * 9, urea: 8 + n * 0.5 } : {})
    if (yearly) c.lab('acr', at, { acr: kidney ? 46 + n * 18 : 12 })
    if (yearly) c.procedure('Diabetic foot examination', at, { outcome: 'Pulses present, feeling intact' })
    c.visit(at, {
      type: 'Diabetes review',
      reason: 'Diabetes review',
      vitals: v,
      by: n === 2 ? 'osei' : undefined,
      note: reviewNote(c, { n, value, v, yearly, kidney, egfr }),
    })
    if (n === 2) {
      c.medicine('Empagliflozin 10 mg tablets', '1 tablet each morning', at, {
        dose: [10, 'mg'],
        route: 'Oral',
        frequency: 'Once daily',
        reason: 'Type 2 diabetes',
      })
    }
    value = n === 1 ? value + 6 : Math.max(48, value - c.random.int(2, 5))
    day -= step + c.random.int(-12, 8)
  }
  if (kidney) {
    c.problem('N18.3', 'Chronic kidney disease stage 3', since - 700, { note: 'Diabetic kidney disease' })
    c.document(
      'Outpatient letter',
      'Nephrology clinic',
      since - 740,
      'Dr. P. Hennessy, nephrology',
      'Stable stage 3 disease with albuminuria. Continue ramipril and empagliflozin, avoid NSAIDs, bloods every four months.',
    )
  }
}

function reviewNote(c, { n, value, v, yearly, kidney, egfr }) {
  const said = [
    'Some loose stools in the first two weeks on metformin, settled. Stopped soft drinks. Walks after dinner most days.',
    'Holidays and a wedding since the last visit, portions grew. No hypos. Eyes checked, no retinopathy.',
    'Finds the diet hard at work. No thirst at night. Feet dry, no wounds.',
    'Lost weight on purpose, cooks at home again. Sleeps better. No thrush on empagliflozin.',
    'Feels well. Measures twice a week, mostly 6 to 8 before breakfast.',
    'Tired after long days. No chest pain. Drinks enough water.',
  ]
  const thought = [
    `HbA1c down to ${value} mmol/mol, going the right way.`,
    `HbA1c ${value} mmol/mol, near target.`,
    `HbA1c back up at ${value} mmol/mol.`,
    `HbA1c ${value} mmol/mol after adding empagliflozin.`,
    `HbA1c ${value} mmol/mol, at the agreed target.`,
    `HbA1c ${value} mmol/mol, stable.`,
  ]
  return {
    title: yearly ? 'Diabetes, annual review' : 'Diabetes review',
    s: said[n < said.length ? n : 4],
    o: [
      `Weight ${v.weight} kg, BP ${v.bp}.`,
      ...(yearly ? ['Feet: pulses present, ten points felt.'] : []),
      ...(kidney ? [`eGFR ${egfr}.`] : []),
    ].join(' '),
    a: kidney
      ? `${thought[n < thought.length ? n : 4]} Kidney function slowly falling, albumin raised.`
      : thought[n < thought.length ? n : 4],
    p:
      n === 2
        ? [
            'Add empagliflozin 10 mg each morning; genital hygiene and sick-day rules explained',
            'HbA1c in three months',
          ]
        : kidney
          ? ['No ibuprofen or diclofenac', 'Kidney function again in four months', 'Keep ramipril']
          : ['Continue', 'Next review in six months with bloods the week before'],
  }
}

export function atrialFibrillation(c, { since = 900 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr spo2', { hr: 118 })
  c.problem('I48.9', 'Atrial fibrillation', found)
  c.procedure('ECG, 12 leads', found, { outcome: 'Atrial fibrillation, ventricular rate 118' })
  c.visit(found, {
    reason: 'Palpitations',
    vitals: v,
    note: {
      title: 'New atrial fibrillation',
      s: 'Fluttering in the chest for four days, worse on the stairs. No chest pain, no collapse. Slight breathlessness.',
      o: `Pulse ${v.hr}, irregularly irregular. BP ${v.bp}. SpO2 ${v.spo2} %. Lungs clear. ECG: atrial fibrillation, rate 118, no ischaemia.`,
      a: 'Atrial fibrillation, haemodynamically stable. CHA2DS2-VASc 4: anticoagulation advised.',
      p: [
        'Bisoprolol 2.5 mg',
        'Apixaban 5 mg twice daily after kidney function; bleeding risk discussed, leaflet given',
        'TSH, full blood count, renal and liver profile',
        'Echocardiogram and cardiology, urgent',
      ],
    },
  })
  c.lab('fbc', found, {})
  c.lab('thyroid', found, {})
  c.lab('renal', found, { creat: 88, egfr: 64 })
  const common = { route: 'Oral', reason: 'Atrial fibrillation' }
  c.medicine('Bisoprolol 2.5 mg tablets', '1 tablet each morning', found, {
    ...common,
    dose: [2.5, 'mg'],
    frequency: 'Once daily',
  })
  c.medicine('Apixaban 5 mg tablets', '1 tablet morning and evening', found - 1, {
    ...common,
    dose: [5, 'mg'],
    frequency: 'Twice daily',
  })
  c.document(
    'Outpatient letter',
    'Cardiology clinic',
    found - 30,
    'Dr. R. Lacey, cardiology',
    'Persistent atrial fibrillation, normal left ventricular function, left atrium 44 mm. Rate control and apixaban for life.',
  )
  const said = [
    'Palpitations gone on the tablets. No bleeding. Climbs one flight without stopping.',
    'Bruises easily on the forearms, no other bleeding. Had one nose bleed, stopped by itself.',
    'No complaints. Carries the anticoagulant card. No falls.',
    'One stumble on the garden step, no injury. Eats well, walks to Mass.',
  ]
  for (const [n, gap] of c.spread(found, [35, 300, 620, 880]).entries()) {
    if (found - gap < 5) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, 'bp hr weight', { hr: c.random.int(66, 78) })
    if (gap > 100) c.lab('renal', day, { creat: 91, egfr: 61 })
    if (gap > 100) c.lab('fbc', day, {})
    c.visit(day, {
      reason: 'Atrial fibrillation, review',
      vitals: v,
      note: {
        title: 'Atrial fibrillation review',
        s: said[n],
        o: `Pulse ${v.hr} irregular, BP ${v.bp}. No oedema, lungs clear. Weight ${v.weight} kg.`,
        a: 'Permanent atrial fibrillation, rate controlled, anticoagulated.',
        p: ['Apixaban dose checked against age, weight and creatinine: unchanged', 'Bloods every six months'],
      },
    })
  }
}

export function heartFailure(c, { since = 700 } = {}) {
  const found = c.freeDay(since)
  let v = c.measure(found, 'bp hr rr spo2 weight', { hr: 92, rr: 22, spo2: 93 })
  c.problem('I50.9', 'Heart failure', found)
  c.visit(found, {
    type: 'Home visit',
    reason: 'Breathless, swollen legs',
    vitals: v,
    note: {
      title: 'Breathlessness and oedema',
      s: 'Two weeks of breathlessness, sleeps on three pillows. Ankles swollen by evening, slippers do not fit. Daughter noticed the puffing on the phone.',
      o: `RR ${v.rr}, SpO2 ${v.spo2} %, BP ${v.bp}, pulse ${v.hr}. Pitting oedema to mid shin. Fine crackles at both bases. JVP raised 4 cm.`,
      a: 'Heart failure, new, with fluid overload.',
      p: [
        'Furosemide 40 mg each morning',
        'Weigh daily, ring if two kilograms up in three days',
        'NT-proBNP and echocardiogram, urgent',
        'Nurse call in 48 hours',
      ],
    },
  })
  c.lab('renal', found - 2, { creat: 96, egfr: 52, k: 4.4 })
  const common = { route: 'Oral', frequency: 'Once daily', reason: 'Heart failure' }
  c.medicine('Furosemide 40 mg tablets', '1 tablet each morning', found, { ...common, dose: [40, 'mg'] })
  c.medicine('Spironolactone 25 mg tablets', '1 tablet each morning', found - 60, {
    ...common,
    dose: [25, 'mg'],
  })
  c.document(
    'Discharge letter',
    'Heart failure admission',
    found - 58,
    'Mercy Hospital, cardiology',
    'Four-day stay for decompensated heart failure, ejection fraction 35 %. Discharged on furosemide, bisoprolol, ramipril and spironolactone. Discharge weight 71.4 kg.',
  )
  for (const gap of c.spread(found, [12, 70, 240, 480])) {
    if (found - gap < 5) continue
    const day = c.freeDay(found - gap)
    v = c.measure(day, 'bp hr spo2 weight', { spo2: 96, hr: 72, sys: c.random.int(108, 122) })
    c.lab('renal', day, { creat: c.random.int(94, 112), egfr: c.random.int(44, 54), k: 4.7 })
    c.visit(day, {
      type: gap === 70 ? 'Consultation' : c.random.pick(['Consultation', 'Home visit']),
      reason: 'Heart failure, review',
      vitals: v,
      note: {
        title: 'Heart failure review',
        s: c.random.pick([
          'Sleeps on one pillow again. Weighs daily and keeps the list on the fridge. Walks to the shop and back.',
          'Ankles a little thick by evening. No breathlessness lying flat. Eats less salt since the nurse explained it.',
        ]),
        o: `Weight ${v.weight} kg, BP ${v.bp}, pulse ${v.hr}, SpO2 ${v.spo2} %. Trace of ankle oedema. Bases clear.`,
        a: 'Heart failure, stable, NYHA II.',
        p: [
          'Same medicines',
          'Potassium and creatinine every three months on spironolactone',
          'Flu and pneumococcal vaccine up to date',
        ],
      },
    })
  }
}

export function gout(c, { since = 800 } = {}) {
  const first = c.freeDay(since)
  let v = c.measure(first, 'bp temp pain', { temp: 37.3, pain: 9 })
  c.problem('M10.9', 'Gout', first)
  c.visit(first, {
    reason: 'Painful big toe',
    vitals: v,
    note: {
      title: 'Acute gout',
      s: 'Woke at four with a burning pain in the right big toe, cannot bear the sheet on it. Barbecue and beer the evening before. A similar attack three years ago, not treated.',
      o: `First metatarsophalangeal joint red, hot, swollen. Temp ${v.t}. No wound.`,
      a: 'Acute gout.',
      p: [
        'Colchicine 500 µg twice daily until it settles, stop with diarrhoea',
        'Ice, rest, fluids',
        'Urate four weeks after the attack',
      ],
    },
  })
  c.course(
    'Colchicine 500 µg tablets',
    '1 tablet twice daily until pain settles, at most 6 mg in a course',
    first,
    7,
    {
      route: 'Oral',
      reason: 'Acute gout',
    },
  )
  const second = c.freeDay(first - 45)
  v = c.measure(second, 'bp weight height')
  c.lab('urate', second, { urate: 512 })
  c.lab('renal', second, {})
  c.medicine('Allopurinol 300 mg tablets', '1 tablet daily after food', second - 60, {
    dose: [300, 'mg'],
    route: 'Oral',
    frequency: 'Once daily',
    reason: 'Gout',
  })
  c.visit(second, {
    reason: 'Gout, results',
    vitals: v,
    note: {
      title: 'Gout, prevention',
      s: 'Attack settled in five days. Wants to avoid another before the summer.',
      o: `Urate 512 µmol/L. Weight ${v.weight} kg, BMI ${v.bmi}. No tophi.`,
      a: 'Recurrent gout with raised urate.',
      p: [
        'Allopurinol 100 mg, up by 100 mg each month to 300 mg',
        'Stop and ring at once with a rash',
        'Beer and offal as the exception',
        'Urate in three months, aim below 360',
      ],
    },
  })
  if (second > 160) {
    const day = c.freeDay(second - 130)
    c.lab('urate', day, { urate: 338 })
    c.visit(day, {
      reason: 'Gout, review',
      vitals: c.measure(day, 'bp'),
      note: {
        title: 'Gout review',
        s: 'One mild twinge in the first month, none since. Takes the tablet daily.',
        o: 'Joints quiet. Urate 338 µmol/L.',
        a: 'Gout, at target on allopurinol 300 mg.',
        p: ['Continue for good', 'Urate once a year'],
      },
    })
  }
}
