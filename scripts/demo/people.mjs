// The invented people of the demo clinic: names in many scripts, families, and which stories each of them has lived.
// Longer than most files on purpose: it is a list. Any likeness to a living person is chance. Phone numbers lie in the range Ireland keeps for fiction (020 91x xxxx).
import * as child from './stories-children.mjs'
import * as heart from './stories-heart.mjs'
import * as long from './stories-long.mjs'
import * as mind from './stories-mind.mjs'
import * as short from './stories-short.mjs'
import * as women from './stories-women.mjs'

const homes = {
  murphy: ['14 Lavitt’s Quay', 'Cork', 'T23 X0P4'],
  rashid: ['3 Wellington Road, Flat 2', 'Cork', 'T23 K1R8'],
  li: ['27 Blackrock Road', 'Cork', 'T12 E4N9'],
  kovalenko: ['Apartment 41, The Elysian', 'Cork', 'T12 W8F2'],
  okonkwo: ['8 Maryborough Hill', 'Douglas', 'T12 R6C3'],
  wisniewski: ['62 Tory Top Road', 'Ballyphehane', 'T12 P7D5'],
  sullivan: ['Rose Cottage, Kilcully', 'Cork', 'T23 A9H6'],
  mccarthy: ['5 Sunday’s Well Avenue', 'Cork', 'T23 D2V7'],
  ferreira: ['19 Barrack Street', 'Cork', 'T12 N3X1'],
  sharma: ['33 Bishopstown Avenue', 'Cork', 'T12 F5K4'],
}

const adult = (weight, height, resting) => ({ weight, height, ...(resting ? { resting } : {}) })
const growing = (share = 1) => ({ share })
const none = 'none'

/** `tell` writes the stories into a ChartBuilder; `more` holds what not everybody has. */
const person = (key, text, family, given, gender, years, body, tell, more = {}) =>
  Object.assign(
    {
      key,
      text,
      family,
      given,
      gender,
      body,
      tell,
      bornDaysAgo: Math.round(years * 365.25),
      address: more.home ? homes[more.home] : null,
    },
    more,
  )

export const demoPeople = [
  // Families
  person(
    'declan',
    'Declan Murphy',
    'Murphy',
    'Declan',
    'male',
    46.3,
    adult(92, 181),
    (c) => {
      heart.hypertension(c, { since: 1320 })
      short.backPain(c, 410)
      short.cold(c, 130)
      short.fluVaccine(c, 70)
    },
    { home: 'murphy', job: 'Bus driver', married: true, allergies: none },
  ),
  person(
    'sinead',
    'Sinéad Murphy',
    'Murphy',
    'Sinéad',
    'female',
    43.8,
    adult(68, 166),
    (c) => {
      mind.migraine(c, { since: 1500 })
      long.hypothyroid(c, { since: 980 })
      short.smear(c, 260)
      short.cystitis(c, 44)
    },
    {
      home: 'murphy',
      maiden: 'Walsh',
      married: true,
      allergies: [['Trimethoprim', ['Rash'], 'mild', 'low']],
    },
  ),
  person(
    'oisin',
    'Oisín Murphy',
    'Murphy',
    'Oisín',
    'male',
    14.1,
    growing(1.04),
    (c) => {
      child.growingUp(c, { fromMonths: 100 })
      long.asthma(c, { since: 2200, child: true })
      short.ankle(c, 95)
    },
    {
      home: 'murphy',
      parents: ['declan', 'sinead'],
      allergies: [['Peanut', ['Hives', 'Vomiting'], 'moderate', 'high']],
    },
  ),
  person(
    'aoibhin',
    'Aoibhín Murphy',
    'Murphy',
    'Aoibhín',
    'female',
    6.2,
    growing(0.96),
    (c) => {
      child.growingUp(c)
      child.earache(c, 1450)
      child.earache(c, 610)
      short.tonsillitis(c, 58)
    },
    { home: 'murphy', parents: ['declan', 'sinead'], allergies: none },
  ),
  person(
    'bridie',
    'Bridget “Bridie” Murphy',
    'Murphy',
    'Bridget',
    'female',
    84.6,
    adult(63, 157),
    (c) => {
      heart.atrialFibrillation(c, { since: 1250 })
      heart.heartFailure(c, { since: 560 })
      long.kneeArthritis(c, { since: 1700 })
      short.fluVaccine(c, 62)
    },
    {
      home: 'murphy',
      nickname: 'Bridie',
      widowed: true,
      doctor: 'osei',
      allergies: [
        ['Penicillin', ['Anaphylaxis'], 'severe', 'high'],
        ['Codeine', ['Nausea'], 'mild', 'low'],
      ],
      flag: ['alert', 'Hard of hearing: speak to the left side. Daughter-in-law Sinéad comes along.'],
      contactOf: [['declan', 'Son']],
    },
  ),
  person(
    'mohammed',
    'محمد عبد الرحمن الراشد',
    'الراشد',
    'محمد عبد الرحمن',
    'male',
    52.4,
    adult(94, 174),
    (c) => {
      heart.diabetes(c, { since: 1650, from: 82 })
      heart.hypertension(c, { since: 2100, second: true })
      short.fluVaccine(c, 75)
    },
    {
      home: 'rashid',
      latin: 'Mohammed Abdulrahman Al-Rashid',
      language: 'ar',
      married: true,
      allergies: none,
    },
  ),
  person(
    'fatima',
    'فاطمة الزهراء حسن',
    'حسن',
    'فاطمة الزهراء',
    'female',
    47.1,
    adult(74, 161),
    (c) => {
      women.ironDeficiency(c, { since: 640 })
      long.kneeArthritis(c, { since: 420 })
      short.smear(c, 500)
      short.cold(c, 33)
    },
    {
      home: 'rashid',
      latin: 'Fatima Alzahra Hassan',
      language: 'ar',
      married: true,
      allergies: [['Sulfonamides', ['Rash', 'Fever'], 'moderate', 'high']],
    },
  ),
  person(
    'layla',
    'ليلى محمد الراشد',
    'الراشد',
    'ليلى',
    'female',
    17.2,
    growing(0.93),
    (c) => {
      child.growingUp(c, { fromMonths: 140 })
      mind.anxiety(c, { since: 230 })
      child.acne(c, 500)
      short.hayFever(c, 160)
      short.cold(c, 640)
    },
    {
      home: 'rashid',
      latin: 'Layla Al-Rashid',
      language: 'ar',
      parents: ['mohammed', 'fatima'],
      allergies: none,
    },
  ),
  person(
    'yousef',
    'يوسف محمد الراشد',
    'الراشد',
    'يوسف',
    'male',
    9.4,
    growing(1.02),
    (c) => {
      child.growingUp(c)
      child.childEczema(c, 2400)
      long.asthma(c, { since: 1300, child: true })
    },
    {
      home: 'rashid',
      latin: 'Yousef Al-Rashid',
      language: 'ar',
      parents: ['mohammed', 'fatima'],
      allergies: [['Egg', ['Hives'], 'mild', 'low']],
    },
  ),
  person(
    'xiuying',
    '王秀英',
    '王',
    '秀英',
    'female',
    68.9,
    adult(58, 154),
    (c) => {
      heart.diabetes(c, { since: 2600, from: 71, kidney: true })
      heart.hypertension(c, { since: 2900, second: true, target: '130/80' })
      short.shingles(c, 700)
      short.fluVaccine(c, 66)
    },
    {
      home: 'li',
      latin: 'Wang Xiuying',
      language: 'zh',
      widowed: true,
      doctor: 'osei',
      allergies: none,
      flag: ['alert', 'Speaks Mandarin: book the interpreter or the son.'],
      contactOf: [['liwei', 'Son']],
    },
  ),
  person(
    'liwei',
    '李伟',
    '李',
    '伟',
    'male',
    35.3,
    adult(75, 176),
    (c) => {
      short.check(c, 900)
      short.backPain(c, 330)
      short.cold(c, 210)
      short.stomachBug(c, 88)
      short.hayFever(c, 520)
    },
    { home: 'li', latin: 'Li Wei', language: 'zh', married: true, allergies: none },
  ),
  person(
    'wenjing',
    '欧阳文静',
    '欧阳',
    '文静',
    'female',
    33.5,
    adult(59, 163),
    (c) => {
      women.pregnancy(c, { weeks: 33 })
      short.smear(c, 800)
      short.cold(c, 420)
    },
    {
      home: 'li',
      latin: 'Ouyang Wenjing',
      language: 'zh',
      married: true,
      allergies: [['Latex', ['Itching'], 'mild', 'low']],
    },
  ),
  person(
    'xiaoyu',
    '李小雨',
    '李',
    '小雨',
    'female',
    2.2,
    growing(0.98),
    (c) => {
      child.newborn(c)
      child.growingUp(c)
      child.croup(c, 140)
      child.earache(c, 37)
    },
    { home: 'li', latin: 'Li Xiaoyu', language: 'zh', parents: ['liwei', 'wenjing'], allergies: none },
  ),
  person(
    'olena',
    'Олена Коваленко',
    'Коваленко',
    'Олена',
    'female',
    39.7,
    adult(66, 169),
    (c) => {
      mind.depression(c, { since: 400 })
      long.hypothyroid(c, { since: 760 })
      short.cystitis(c, 620)
      short.smear(c, 520)
    },
    { home: 'kovalenko', latin: 'Olena Kovalenko', language: 'uk', married: true, allergies: none },
  ),
  person(
    'taras',
    'Тарас Коваленко',
    'Коваленко',
    'Тарас',
    'male',
    11.3,
    growing(1.06),
    (c) => {
      child.wrist(c, 150)
      child.earache(c, 760)
      short.cold(c, 420)
      short.tonsillitis(c, 270)
      short.stomachBug(c, 60)
    },
    { home: 'kovalenko', latin: 'Taras Kovalenko', language: 'uk', parents: ['olena'], allergies: none },
  ),
  person(
    'nikolai',
    'Николай Иванович Смирнов',
    'Смирнов',
    'Николай Иванович',
    'male',
    71.2,
    adult(81, 172),
    (c) => {
      long.copd(c, { since: 2100 })
      long.prostate(c, { since: 900 })
      short.fluVaccine(c, 80)
    },
    {
      latin: 'Nikolai Ivanovich Smirnov',
      language: 'ru',
      divorced: true,
      doctor: 'osei',
      allergies: [['Aspirin', ['Wheeze'], 'severe', 'high']],
    },
  ),
  person(
    'chukwuemeka',
    'Chukwuemeka Okonkwo',
    'Okonkwo',
    'Chukwuemeka',
    'male',
    58.6,
    adult(96, 183),
    (c) => {
      heart.hypertension(c, { since: 2400, second: true })
      heart.gout(c, { since: 760 })
      short.cold(c, 300)
    },
    {
      home: 'okonkwo',
      married: true,
      doctor: 'osei',
      allergies: [['ACE inhibitors', ['Angioedema'], 'severe', 'high', 'refuted']],
    },
  ),
  person(
    'ngozi',
    'Ngozi Okonkwo',
    'Okonkwo',
    'Ngozi',
    'female',
    54.2,
    adult(79, 165),
    (c) => {
      heart.diabetes(c, { since: 1100, from: 63 })
      long.reflux(c, { since: 300 })
      short.vertigo(c, 120)
    },
    { home: 'okonkwo', married: true, doctor: 'osei', allergies: none },
  ),
  person(
    'adaeze',
    'Adaeze Okonkwo',
    'Okonkwo',
    'Adaeze',
    'female',
    26.1,
    adult(62, 170),
    (c) => {
      women.contraception(c, { since: 620 })
      short.cystitis(c, 240)
      short.sickNote(c, 310)
      short.smear(c, 66)
    },
    { home: 'okonkwo', doctor: 'osei', allergies: none },
  ),
  person(
    'katarzyna',
    'Katarzyna Wiśniewska',
    'Wiśniewska',
    'Katarzyna',
    'female',
    31.4,
    adult(67, 168),
    (c) => {
      women.ironDeficiency(c, { since: 190 })
      short.cold(c, 540)
      short.smear(c, 900)
      short.eczemaHands(c, 720)
      short.cystitis(c, 51)
    },
    { home: 'wisniewski', language: 'pl', married: true, allergies: none },
  ),
  person(
    'lukasz',
    'Łukasz Wiśniewski',
    'Wiśniewski',
    'Łukasz',
    'male',
    34.8,
    adult(88, 185),
    (c) => {
      short.cut(c, 460)
      short.backPain(c, 220)
      short.sickNote(c, 380)
      short.check(c, 640)
      short.chestPain(c, 73)
    },
    {
      home: 'wisniewski',
      language: 'pl',
      married: true,
      allergies: [['Penicillin', ['Rash'], 'mild', 'low']],
    },
  ),
  person(
    'zofia',
    'Zofia Wiśniewska',
    'Wiśniewska',
    'Zofia',
    'female',
    0.21,
    growing(1.01),
    (c) => {
      child.newborn(c)
      child.growingUp(c)
      child.bronchiolitis(c, 4)
    },
    { home: 'wisniewski', language: 'pl', parents: ['katarzyna', 'lukasz'] },
  ),
  person(
    'seanog',
    'Seán Óg Ó Súilleabháin',
    'Ó Súilleabháin',
    'Seán Óg',
    'male',
    67.5,
    adult(84, 177),
    (c) => {
      long.prostate(c, { since: 1100 })
      heart.hypertension(c, { since: 1900 })
      short.earWax(c, 400)
      short.cellulitis(c, 210)
      short.fluVaccine(c, 58)
    },
    { home: 'sullivan', latin: 'John O’Sullivan', language: 'ga', married: true, allergies: none },
  ),
  person(
    'niamh',
    'Niamh O’Sullivan-Byrne',
    'O’Sullivan-Byrne',
    'Niamh',
    'female',
    50.3,
    adult(71, 167),
    (c) => {
      women.ironDeficiency(c, { since: 840 })
      long.reflux(c, { since: 260 })
      short.vertigo(c, 560)
      short.smear(c, 130)
      short.cold(c, 28)
    },
    { home: 'sullivan', married: true, allergies: none, contactOf: [['seanog', 'Father']] },
  ),
  person(
    'ella',
    'Ella McCarthy',
    'McCarthy',
    'Ella',
    'female',
    8.3,
    growing(0.97),
    (c) => {
      child.growingUp(c)
      child.earache(c, 1800)
      short.tonsillitis(c, 690)
      child.childEczema(c, 1000)
      short.cold(c, 101)
    },
    { home: 'mccarthy', parents: ['ruth'], allergies: none },
  ),
  person(
    'ruth',
    'Ruth McCarthy',
    'McCarthy',
    'Ruth',
    'female',
    38.2,
    adult(64, 171),
    (c) => {
      mind.migraine(c, { since: 1300 })
      mind.anxiety(c, { since: 600 })
      short.cold(c, 31)
      short.smear(c, 410)
      short.fluVaccine(c, 71)
    },
    { home: 'mccarthy', allergies: none },
  ),
  person(
    'joaopedro',
    'João Pedro da Conceição Ferreira dos Santos',
    'da Conceição Ferreira dos Santos',
    'João Pedro',
    'male',
    41.6,
    adult(83, 178),
    (c) => {
      heart.gout(c, { since: 500 })
      short.backPain(c, 900)
      short.check(c, 1100)
      short.cold(c, 240)
    },
    { home: 'ferreira', language: 'pt', married: true, allergies: none },
  ),
  person(
    'priya',
    'प्रिया शर्मा',
    'शर्मा',
    'प्रिया',
    'female',
    30.2,
    adult(57, 160),
    (c) => {
      long.hypothyroid(c, { since: 1150 })
      women.contraception(c, { since: 500 })
      short.hayFever(c, 190)
    },
    { home: 'sharma', latin: 'Priya Sharma', language: 'hi', allergies: none },
  ),
  person(
    'arjun',
    'अर्जुन शर्मा',
    'शर्मा',
    'अर्जुन',
    'male',
    61.7,
    adult(77, 170),
    (c) => {
      heart.diabetes(c, { since: 2900, from: 78 })
      short.chestPain(c, 640)
      short.shingles(c, 330)
      short.fluVaccine(c, 64)
    },
    {
      home: 'sharma',
      latin: 'Arjun Sharma',
      language: 'hi',
      married: true,
      doctor: 'osei',
      allergies: none,
      contactOf: [['priya', 'Daughter']],
    },
  ),

  // People on their own
  person(
    'hannah',
    'Hannah Weiss',
    'Weiss',
    'Hannah',
    'female',
    40.7,
    adult(88, 168),
    (c) => {
      heart.hypertension(c, { since: 1600, second: true })
      mind.migraine(c, { since: 2300 })
      c.problem('E66.9', 'Obesity', 900)
      short.sickNote(c, 420)
    },
    {
      language: 'tr',
      married: true,
      allergies: [
        ['Penicillin', ['Anaphylaxis'], 'severe', 'high'],
        ['Latex', ['Rash'], 'moderate', 'low'],
      ],
      today: 'hypertension',
    },
  ),
  person(
    'patrick',
    'Patrick Doyle',
    'Doyle',
    'Patrick',
    'male',
    79.3,
    adult(74, 171),
    (c) => {
      long.copd(c, { since: 2600 })
      heart.heartFailure(c, { since: 900 })
    },
    { deceased: 210, widowed: true, doctor: 'osei', allergies: none },
  ),
  person(
    'thomas',
    'Thomas Reilly',
    'Reilly',
    'Thomas',
    'male',
    95.1,
    adult(66, 168),
    (c) => {
      heart.atrialFibrillation(c, { since: 1900 })
      long.prostate(c, { since: 1500 })
      short.earWax(c, 300)
      short.cellulitis(c, 120)
      short.fluVaccine(c, 57)
    },
    {
      widowed: true,
      allergies: [['Morphine', ['Confusion'], 'moderate', 'low']],
      flag: ['sticky', 'Ground floor room, please. Taxi home at 11.'],
    },
  ),
  person(
    'eileen',
    'Eileen Fitzgerald',
    'Fitzgerald',
    'Eileen',
    'female',
    90.8,
    adult(52, 152),
    (c) => {
      mind.dementia(c, { since: 1000 })
      women.osteoporosis(c, { since: 1700 })
      short.pneumonia(c, 420)
      short.fluVaccine(c, 69)
    },
    {
      widowed: true,
      doctor: 'osei',
      allergies: [['Nitrofurantoin', ['Vomiting'], 'mild', 'low']],
      contact: ['Daughter', 'Marian Fitzgerald', '+353 20 913 8804'],
      flag: ['alert', 'Daughter Marian holds power of attorney.'],
    },
  ),
  person(
    'maire',
    'Máire Ní Dhonnchadha',
    'Ní Dhonnchadha',
    'Máire',
    'female',
    80.2,
    adult(61, 160),
    (c) => {
      heart.hypertension(c, { since: 3100, second: true })
      long.kneeArthritis(c, { since: 1200 })
      short.vertigo(c, 310)
      short.cystitis(c, 96)
    },
    { language: 'ga', allergies: none },
  ),
  person(
    'siobhan',
    'Siobhán Kavanagh',
    'Kavanagh',
    'Siobhán',
    'female',
    72.4,
    adult(59, 162),
    (c) => {
      women.osteoporosis(c, { since: 1100 })
      heart.atrialFibrillation(c, { since: 400 })
      short.shingles(c, 900)
    },
    { married: true, allergies: [['Erythromycin', ['Stomach pain'], 'mild', 'low']] },
  ),
  person(
    'conor',
    'Conor Gallagher',
    'Gallagher',
    'Conor',
    'male',
    19.4,
    adult(72, 180),
    (c) => {
      long.asthma(c, { since: 1600 })
      short.ankle(c, 380)
      short.hayFever(c, 540)
      short.tonsillitis(c, 46)
    },
    { allergies: none },
  ),
  person(
    'ciara',
    'Ciara Byrne',
    'Byrne',
    'Ciara',
    'female',
    22.9,
    adult(60, 167),
    (c) => {
      mind.depression(c, { since: 900 })
      women.contraception(c, { since: 480 })
      short.cystitis(c, 160)
      short.cold(c, 22)
    },
    { allergies: none },
  ),
  person(
    'jamie',
    'Jamie Nolan',
    'Nolan',
    'Jamie',
    'other',
    24.6,
    adult(70, 173),
    (c) => {
      mind.anxiety(c, { since: 700 })
      child.acne(c, 1200)
      short.sickNote(c, 330)
      short.backPain(c, 150)
      short.cold(c, 52)
    },
    { nickname: 'Jay', allergies: none, flag: ['sticky', 'Uses they/them.'] },
  ),
  person(
    'wulandari',
    'Wulandari',
    null,
    'Wulandari',
    'female',
    29.3,
    adult(53, 156),
    (c) => {
      women.ironDeficiency(c, { since: 360 })
      short.stomachBug(c, 500)
      short.smear(c, 270)
      short.tonsillitis(c, 620)
      short.cold(c, 90)
    },
    { language: 'id', allergies: none },
  ),
  person(
    'zarmina',
    'زرمینه',
    null,
    'زرمینه',
    'female',
    36,
    adult(63, 159),
    (c) => {
      long.reflux(c, { since: 420 })
      mind.depression(c, { since: 290 })
      short.cystitis(c, 520)
    },
    {
      latin: 'Zarmina',
      language: 'fa',
      estimated: true,
      allergies: none,
      flag: ['alert', 'Birth date not documented: year as told.'],
    },
  ),
  person(
    'gudrun',
    'Guðrún Jónsdóttir',
    'Jónsdóttir',
    'Guðrún',
    'female',
    62.5,
    adult(73, 172),
    (c) => {
      long.hypothyroid(c, { since: 2000 })
      heart.hypertension(c, { since: 1100 })
      short.cut(c, 640)
    },
    { language: 'is', allergies: none },
  ),
  person(
    'minhkhai',
    'Nguyễn Thị Minh Khai',
    'Nguyễn',
    'Thị Minh Khai',
    'female',
    45.4,
    adult(54, 155),
    (c) => {
      long.asthma(c, { since: 1500 })
      short.hayFever(c, 380)
      short.smear(c, 200)
      short.stomachBug(c, 78)
    },
    {
      language: 'vi',
      married: true,
      allergies: [['Shellfish', ['Hives', 'Swelling of lips'], 'moderate', 'high']],
    },
  ),
  person(
    'dimitris',
    'Δημήτρης Παπαδόπουλος',
    'Παπαδόπουλος',
    'Δημήτρης',
    'male',
    77.8,
    adult(86, 170),
    (c) => {
      heart.heartFailure(c, { since: 1100 })
      heart.gout(c, { since: 1500 })
      long.prostate(c, { since: 700 })
    },
    { latin: 'Dimitris Papadopoulos', language: 'el', married: true, doctor: 'osei', allergies: none },
  ),
  person(
    'yoko',
    '田中 陽子',
    '田中',
    '陽子',
    'female',
    56.2,
    adult(55, 158),
    (c) => {
      women.osteoporosis(c, { since: 620 })
      short.check(c, 1300)
      short.vertigo(c, 240)
      short.fluVaccine(c, 77)
      short.shingles(c, 820)
    },
    { latin: 'Yoko Tanaka', language: 'ja', married: true, allergies: none },
  ),
  person(
    'minjun',
    '김민준',
    '김',
    '민준',
    'male',
    23.7,
    adult(71, 177),
    (c) => {
      short.ankle(c, 510)
      short.cold(c, 330)
      short.eczemaHands(c, 220)
      short.sickNote(c, 410)
      short.hayFever(c, 130)
    },
    { latin: 'Kim Min-jun', language: 'ko', allergies: none },
  ),
  person(
    'david',
    'דוד לוי',
    'לוי',
    'דוד',
    'male',
    66.3,
    adult(80, 175),
    (c) => {
      heart.hypertension(c, { since: 2200, second: true })
      heart.diabetes(c, { since: 900, from: 58 })
      short.fluVaccine(c, 61)
    },
    { latin: 'David Levi', language: 'he', married: true, allergies: none },
  ),
  person(
    'somchai',
    'สมชาย ใจดี',
    'ใจดี',
    'สมชาย',
    'male',
    49.1,
    adult(70, 168),
    (c) => {
      heart.gout(c, { since: 950 })
      heart.hypertension(c, { since: 700 })
      short.cut(c, 290)
    },
    { latin: 'Somchai Jaidee', language: 'th', allergies: none },
  ),
  person(
    'selam',
    'ሰላም ተስፋዬ',
    null,
    'ሰላም ተስፋዬ',
    'female',
    28.4,
    adult(56, 164),
    (c) => {
      women.pregnancy(c, { weeks: 17 })
      short.cystitis(c, 320)
      short.tonsillitis(c, 600)
      short.cold(c, 420)
      short.check(c, 760)
    },
    { latin: 'Selam Tesfaye', language: 'am', married: true, allergies: none },
  ),
  person(
    'jeanbaptiste',
    'Jean-Baptiste N’Guessan',
    'N’Guessan',
    'Jean-Baptiste',
    'male',
    38.9,
    adult(82, 179),
    (c) => {
      mind.epilepsy(c, { since: 1800 })
      short.stomachBug(c, 210)
      short.cold(c, 61)
    },
    { language: 'fr', married: true, allergies: [['Carbamazepine', ['Rash', 'Fever'], 'severe', 'high']] },
  ),
  person(
    'marykate',
    'Mary-Kate D’Arcy',
    'D’Arcy',
    'Mary-Kate',
    'female',
    33.1,
    adult(65, 165),
    (c) => {
      mind.epilepsy(c, { since: 1300 })
      mind.migraine(c, { since: 2000 })
      short.smear(c, 470)
    },
    { allergies: none },
  ),
  person(
    'ahmed',
    'Ahmed Khan',
    'Khan',
    'Ahmed',
    'male',
    57.4,
    adult(85, 173),
    (c) => {
      heart.diabetes(c, { since: 2000, from: 88 })
      heart.hypertension(c, { since: 1500 })
      short.pneumonia(c, 190)
    },
    { language: 'ur', married: true, allergies: none },
  ),
  person(
    'dylan',
    'Dylan Kelly',
    'Kelly',
    'Dylan',
    'male',
    16.3,
    growing(1.03),
    (c) => {
      child.growingUp(c, { fromMonths: 140 })
      short.ankle(c, 700)
      child.acne(c, 260)
      short.tonsillitis(c, 410)
      short.cut(c, 118)
    },
    { contact: ['Mother', 'Lorraine Kelly', '+353 20 917 4410'], allergies: none },
  ),
  person(
    'ruairi',
    'Ruairí Lynch',
    'Lynch',
    'Ruairí',
    'male',
    3.4,
    growing(1.05),
    (c) => {
      child.newborn(c)
      child.growingUp(c)
      child.bronchiolitis(c, 1010)
      child.croup(c, 480)
      child.earache(c, 74)
    },
    {
      contact: ['Mother', 'Aisling Lynch', '+353 20 912 7755'],
      allergies: [['Cow’s milk', ['Vomiting', 'Hives'], 'moderate', 'low', 'resolved']],
    },
  ),
  person(
    'roberto',
    'Roberto Rossi',
    'Rossi',
    'Roberto',
    'male',
    63.2,
    adult(90, 176),
    (c) => {
      heart.atrialFibrillation(c, { since: 700 })
      heart.hypertension(c, { since: 2500, second: true })
      short.chestPain(c, 900)
    },
    { language: 'it', married: true, allergies: none },
  ),
  person(
    'analucia',
    'Ana Lucía García Márquez',
    'García Márquez',
    'Ana Lucía',
    'female',
    48.2,
    adult(69, 164),
    (c) => {
      long.kneeArthritis(c, { since: 900 })
      mind.depression(c, { since: 1200 })
      short.smear(c, 340)
      short.cold(c, 40)
    },
    { language: 'es', divorced: true, allergies: none },
  ),
  person(
    'ingrid',
    'Ingrid Sørensen',
    'Sørensen',
    'Ingrid',
    'female',
    74.9,
    adult(66, 169),
    (c) => {
      heart.hypertension(c, { since: 2700 })
      long.hypothyroid(c, { since: 1800 })
      short.cellulitis(c, 330)
      short.fluVaccine(c, 59)
    },
    { language: 'da', widowed: true, doctor: 'osei', allergies: none },
  ),
  person(
    'gearoid',
    'Gearóid Ó hÉigeartaigh',
    'Ó hÉigeartaigh',
    'Gearóid',
    'male',
    53.7,
    adult(98, 180),
    (c) => {
      heart.diabetes(c, { since: 700, from: 69 })
      long.reflux(c, { since: 1100 })
      short.sickNote(c, 450)
    },
    { language: 'ga', doctor: 'osei', married: true, allergies: none },
  ),
  person(
    'tunde',
    'Babatunde Adeyemi',
    'Adeyemi',
    'Babatunde',
    'male',
    32.6,
    adult(79, 182),
    (c) => {
      short.check(c, 500)
      short.ankle(c, 260)
      short.stomachBug(c, 380)
      short.earWax(c, 150)
      short.cold(c, 35)
    },
    { doctor: 'osei' },
  ),
  person(
    'marta',
    'Márta Szabó-Kiss',
    'Szabó-Kiss',
    'Márta',
    'female',
    59.3,
    adult(77, 163),
    (c) => {
      long.copd(c, { since: 1500 })
      mind.anxiety(c, { since: 500 })
      short.vertigo(c, 24)
      short.fluVaccine(c, 55)
    },
    { language: 'hu', allergies: [['Doxycycline', ['Sun rash'], 'mild', 'low']] },
  ),
  person(
    'babybyrne',
    'Baby Hurley',
    'Hurley',
    null,
    'unknown',
    0.045,
    growing(0.99),
    (c) => {
      child.newborn(c)
    },
    { contact: ['Mother', 'Orla Hurley', '+353 20 915 3321'] },
  ),
]
