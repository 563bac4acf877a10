// Children: checks and vaccines by age, and the illnesses of the first years.

const sixInOne = ['146', 'DTaP-IPV-Hib-HepB (6 in 1)']
const pneumococcal = ['133', 'Pneumococcal conjugate (PCV13)']
const meningococcalB = ['163', 'Meningococcal B']
const rotavirus = ['119', 'Rotavirus, oral']
const mmr = ['03', 'Measles, mumps, rubella (MMR)']

/** Irish childhood schedule: age in months, vaccines (CVX code, words). */
const schedule = [
  { month: 2, vaccines: [sixInOne, pneumococcal, meningococcalB, rotavirus] },
  { month: 4, vaccines: [sixInOne, meningococcalB, rotavirus] },
  { month: 6, vaccines: [sixInOne, pneumococcal, ['103', 'Meningococcal C']] },
  { month: 12, vaccines: [mmr, meningococcalB] },
  { month: 13, vaccines: [['148', 'Hib and meningococcal C'], pneumococcal] },
  { month: 56, vaccines: [mmr, ['130', 'DTaP-IPV (4 in 1)']] },
  {
    month: 150,
    vaccines: [
      ['165', 'HPV, nine-valent'],
      ['115', 'Tdap'],
      ['114', 'Meningococcal ACWY'],
    ],
  },
]
const monthDays = 30.44

const checks = {
  2: [
    'Feeds every three hours, smiles back since last week. Sleeps on the back.',
    'Alert, fontanelle flat, hips free, heart without murmur, red reflexes both sides.',
  ],
  4: [
    'Holds the head, laughs, puts everything in the mouth.',
    'Good tone, rolls to the side. Heart and hips normal.',
  ],
  6: [
    'Sits with help, eats mashed carrot, wakes twice a night.',
    'Passes toys from hand to hand, turns to sounds. Hips normal.',
  ],
  12: [
    'Pulls to stand, says mama and dada, drinks from a cup.',
    'Walks along the sofa, points. Eight teeth.',
  ],
  13: ['First free steps last week.', 'Lively, healed nappy rash.'],
  56: [
    'Starts school in September, rides a bike with stabilisers, talks in long sentences.',
    'Vision and hearing tests passed. Heart normal.',
  ],
  150: [
    'First year of secondary school. Plays camogie. Sleeps eight hours.',
    'Spine straight, heart normal.',
  ],
}

/** Visits for checks and vaccines, from birth or from joining the practice. */
export function growingUp(c, { fromMonths = 0 } = {}) {
  for (const { month, vaccines } of schedule) {
    const ago = Math.round(c.person.bornDaysAgo - month * monthDays)
    if (ago < 1) continue
    for (const [cvx, display] of vaccines) {
      c.vaccine(cvx, display, ago, {
        lot: `${c.random.pick(['K', 'T', 'AR'])}${c.random.int(1000, 9999)}`,
        site: display.includes('oral') ? undefined : month < 12 ? 'Thigh' : 'Upper arm',
      })
    }
    if (month < fromMonths) continue
    const day = c.freeDay(ago)
    const baby = month < 24
    const v = c.measure(day, baby ? 'weight height head temp' : 'weight height temp')
    const [said, seen] = checks[month]
    c.visit(day, {
      type: 'Child health check',
      reason: `Check and vaccines, ${month < 24 ? `${month} months` : `${Math.round(month / 12)} years`}`,
      vitals: v,
      note: {
        title: 'Child health check',
        s: said,
        o: `${seen} Weight ${v.weight} kg, length ${v.height} cm${baby ? `, head ${v.head} cm` : ''}, all along the own curve.`,
        a: 'Thriving, development as expected.',
        p: [
          `Today: ${vaccines.map(([, words]) => words).join(', ')}`,
          'Paracetamol if hot after the vaccine',
          'Next visit as in the booklet',
        ],
      },
    })
  }
}

export function earache(c, ago) {
  const day = c.freeDay(ago)
  const v = c.measure(day, 'temp hr weight', { temp: 38.6 })
  c.problem('H66.9', 'Otitis media', day, { until: Math.max(1, day - 10) })
  c.visit(day, {
    reason: 'Earache, fever',
    vitals: v,
    note: {
      title: 'Acute otitis media',
      s: 'Cold for four days, cried all night and pulled at the right ear. Drinks well, passes water as usual.',
      o: `Temp ${v.t}, weight ${v.weight} kg. Right drum red and bulging, left dull. Throat red, chest clear, neck supple.`,
      a: 'Acute otitis media, right.',
      p: [
        'Ibuprofen and paracetamol by weight',
        'Amoxicillin to be started only if no better in 48 hours',
        'Back if swelling behind the ear or very sleepy',
      ],
    },
  })
}

export function croup(c, ago) {
  const day = c.freeDay(ago)
  const v = c.measure(day, 'temp hr rr spo2 weight', { temp: 38.1, rr: 32 })
  c.visit(day, {
    reason: 'Barking cough',
    vitals: v,
    by: 'osei',
    note: {
      title: 'Croup',
      s: 'Woke at midnight with a barking cough and noisy breathing, better in the cold air at the window.',
      o: `Temp ${v.t}, RR ${v.rr}, SpO2 ${v.spo2} %. Barking cough, stridor only when crying, no pulling in.`,
      a: 'Mild croup.',
      p: [
        'Dexamethasone 0.15 mg/kg once, given here',
        'Keep calm, cool air',
        '112 if stridor at rest, blue, or too tired to drink',
      ],
    },
  })
}

export function bronchiolitis(c, ago) {
  const day = c.freeDay(ago)
  const v = c.measure(day, 'temp hr rr spo2 weight', { temp: 37.9, rr: 48, spo2: 95, hr: 148 })
  c.problem('J21.9', 'Bronchiolitis', day, { until: Math.max(1, day - 12) })
  c.visit(day, {
    reason: 'Cough, poor feeding',
    vitals: v,
    note: {
      title: 'Bronchiolitis',
      s: 'Runny nose three days, now coughs and breathes fast, takes two thirds of the bottle. The mother has a cold. Wet nappies every four hours.',
      o: `Temp ${v.t}, RR ${v.rr}, SpO2 ${v.spo2} %, weight ${v.weight} kg. Slight pulling in below the ribs, fine crackles all over.`,
      a: 'Bronchiolitis, day four, mild to moderate.',
      p: [
        'Small feeds often, saline drops',
        'Check tomorrow morning',
        'Hospital if feeds under half, pauses in breathing or grunting',
      ],
    },
  })
  const next = c.freeDay(Math.max(1, day - 1))
  const w = c.measure(next, 'temp rr spo2', { rr: 42, spo2: 97 })
  c.visit(next, {
    reason: 'Bronchiolitis, check',
    vitals: w,
    note: {
      title: 'Bronchiolitis, check',
      s: 'Slept four hours, takes the bottle again.',
      o: `RR ${w.rr}, SpO2 ${w.spo2} %. Less crackling.`,
      a: 'Over the worst.',
      p: ['Cough may last three weeks', 'No smoke in the home'],
    },
  })
}

export function childEczema(c, since) {
  const day = c.freeDay(since)
  const v = c.measure(day, 'weight height')
  c.problem('L20.9', 'Atopic eczema', day)
  c.medicine(
    'Hydrocortisone 1 % ointment',
    'Thin layer on red patches twice a day, at most 7 days in a row',
    day,
    { route: 'Topical', frequency: 'As needed', prn: true, reason: 'Eczema' },
  )
  c.medicine('Emollient ointment 500 g', 'All over twice a day and instead of soap', day, {
    route: 'Topical',
    frequency: 'Twice daily',
    reason: 'Eczema',
  })
  c.visit(day, {
    reason: 'Itchy skin',
    vitals: v,
    note: {
      title: 'Atopic eczema',
      s: 'Scratches at night until it bleeds, elbows and backs of the knees, worse in winter and after the swimming pool. Father has hay fever.',
      o: `Red, thickened patches in the bends, no crusts. Weight ${v.weight} kg.`,
      a: 'Atopic eczema, moderate.',
      p: [
        'Emollient in large amounts, twice a day',
        'Hydrocortisone 1 % on red patches',
        'Cotton, short nails, cool bedroom',
        'Back with yellow crusts or blisters',
      ],
    },
  })
  if (day > 90) {
    const later = c.freeDay(day - 70)
    c.visit(later, {
      reason: 'Eczema, review',
      vitals: c.measure(later, 'weight'),
      note: {
        title: 'Eczema, review',
        s: 'Sleeps through. Uses 250 g of emollient a week.',
        o: 'Skin smooth, a few pale patches.',
        a: 'Well controlled.',
        p: ['Go on with emollient also when clear', 'Steroid only on red skin'],
      },
    })
  }
}

export function wrist(c, ago) {
  const day = c.freeDay(ago)
  c.problem('S52.5', 'Fracture of the wrist', day, { until: Math.max(1, day - 42) })
  c.visit(day, {
    reason: 'Fell off the trampoline',
    vitals: c.measure(day, 'pain hr', { pain: 8 }),
    note: {
      title: 'Wrist injury',
      s: 'Fell on the outstretched left hand an hour ago. Did not hit the head.',
      o: 'Swelling over the radius above the wrist, tender, no deformity. Fingers warm, move, feel.',
      a: 'Buckle fracture likely.',
      p: ['Splint and sling, ibuprofen', 'X-ray today, letter to the emergency department'],
    },
    addendum: {
      after: 1,
      text: 'Emergency department: buckle fracture of the distal radius, splint for three weeks, no operation.',
    },
  })
  c.document(
    'Discharge letter',
    'Fracture of the wrist',
    Math.max(1, day - 1),
    'Mercy Hospital, emergency department',
    'Buckle fracture of the left distal radius. Removable splint for three weeks. No follow-up X-ray needed.',
  )
}

export function newborn(c) {
  const ago = Math.round(c.person.bornDaysAgo - 14)
  if (ago < 1) return
  const day = c.freeDay(ago)
  const v = c.measure(day, 'weight height head temp')
  c.visit(day, {
    type: 'Child health check',
    reason: 'Two-week check',
    vitals: v,
    note: {
      title: 'Newborn check',
      s: 'Born at 39 weeks, normal delivery, 3.4 kg. Breastfed every two to three hours, six wet nappies. Parents tired and happy.',
      o: `Weight ${v.weight} kg, above birth weight. Cord off, skin clear, slight jaundice gone. Hips, heart, femoral pulses, palate normal.`,
      a: 'Healthy newborn.',
      p: ['Vitamin D drops', 'Safe sleep', 'Six-week check and first vaccines at two months'],
    },
  })
}

export function acne(c, since) {
  const day = c.freeDay(since)
  c.problem('L70.0', 'Acne vulgaris', day)
  c.visit(day, {
    reason: 'Spots',
    note: {
      title: 'Acne',
      s: 'Spots on face and back for a year, hides behind the hair. Tried soaps from the internet.',
      o: 'Comedones and inflamed papules on cheeks and back, two small scars.',
      a: 'Acne, moderate.',
      p: [
        'Adapalene with benzoyl peroxide at night, three months',
        'Lymecycline if no better',
        'Mild wash, nothing scrubbed',
      ],
    },
  })
  c.medicine('Adapalene 0.1 % with benzoyl peroxide 2.5 % gel', 'Thin layer at night', day, {
    route: 'Topical',
    frequency: 'Once daily',
    reason: 'Acne',
  })
}
