// English of the downtime module.
export const en = {
  title: 'Today’s list',
  offer: 'Read today’s list',
  'offer.text': 'A copy of today’s patients can be read although the records do not open.',
  'job.write': 'Copy of the day for when the records do not open',
  'job.not-written': 'The copy could not be written: the disk is full or takes nothing.',

  'open.text':
    'A copy of who comes today, with allergies, medicines and problems. Nothing can be changed in it. Your password or the recovery kit opens it, and that you looked is written down.',
  'open.way': 'What opens it?',
  'open.password': 'Password',
  'open.kit': 'Recovery kit',
  'open.kitCode': 'The kit as it stands on paper',
  'open.username': 'Sign-in name',
  'open.submit': 'Read the list',
  'open.forbidden':
    'Your role does not read this list. Ask a doctor or a nurse to open it, or use the recovery kit.',
  'open.damaged': 'The copy is damaged or was changed. It is not shown. Put back the newest backup.',
  'open.gone': 'The copy is no longer there.',

  'copy.title': 'This is a copy, written on',
  'copy.text':
    'What was saved later is not in it. Nothing can be saved here: write on paper, and enter it when Osler opens again. Ask each patient about allergies and medicines.',
  'copy.closes': 'The list closes by itself after ten minutes without use.',
  'copy.desk': 'Your role sees the list without allergies, medicines and problems.',

  'day.none': 'Nobody is booked.',
  'day.leftOut': 'Visits that are not in this copy: {{count}}',
  'visit.with': 'with {{name}}',
  'who.born': 'Born',
  'who.number': 'Record number',
  'who.phone': 'Phone',
  'record.allergies': 'Allergies',
  'record.noneKnown': 'No known allergies',
  'record.notRecorded': 'Not recorded: ask',
  'record.high': 'severe risk',
  'record.medicines': 'Medicines',
  'record.problems': 'Problems',
  'record.none': 'None recorded',
  'record.partial':
    'Something of this record is not in the copy. Ask the patient, and a doctor who knows them.',
} as const
