// English of the security centre and of everything around the recovery kit. The Arabic beside it is texts-ar.ts.

export const en = {
  'nav.keys': 'Keys',
  'page.title': 'Keys',

  'sheet.title': 'Osler recovery kit',
  'sheet.secret': 'Secret. Whoever has this paper and a copy of the records can read them all.',
  'sheet.clinic': 'Clinic',
  'sheet.id': 'Kit',
  'sheet.date': 'Made on',
  'sheet.qr': 'The same fifteen groups as a QR code',
  'sheet.groups': 'The fifteen groups',
  'sheet.use':
    'When nothing else opens the records: start Osler on the clinic’s computer, choose “I have the recovery kit”, and type the fifteen groups.',
  'sheet.keep':
    'Keep it in a safe, a second copy in another building; never beside the backups, never as a photo.',

  'kit.intro':
    'This is the only way back to the records when passwords or the computer are lost. If it is lost as well, the records are gone for good: nobody can open them, not even the makers of Osler.',
  'kit.two': 'Make two copies and keep them in two buildings.',
  'kit.print': 'Print',
  'kit.save': 'Save as PDF',
  'kit.language': 'Language of the paper',
  'kit.next': 'I have it on paper',
  'kit.saved': 'Print the file now, then delete it from this computer.',
  'kit.confirmTitle': 'Type two groups off the paper',
  'kit.confirmText':
    'So that nobody finds out on a bad day that the printer was empty. Look at the paper, not at the screen.',
  'kit.group': 'Group {{n}}',
  'kit.wrong': 'These are not the groups on the newest kit. Look at both once more; an older print is void.',
  'kit.confirm': 'Put the kit in force',
  'kit.again': 'Show the kit again',
  'kit.setUp': 'Your recovery kit',
  'kit.used': 'A new recovery kit comes first',
  'kit.usedText':
    'The kit that was just used is worth nothing once this one is in force. Then everybody signs in with their own password as always.',
  'kit.done': 'The recovery kit is in force',

  'field.label': 'The fifteen groups of the kit',
  'field.group': 'Group {{n}} of the kit',
  'unlock.title': 'Open with the recovery kit',
  'unlock.text': 'Type the groups as they stand on the paper. Capital or small letters make no difference.',
  'unlock.expect': 'This clinic’s kit is {{id}}.',
  'unlock.none': 'This clinic has no recovery kit.',
  'unlock.submit': 'Open the records',
  'unlock.wait': 'Opening the records',
  'unlock.length': 'Some letters are missing or too many: fifteen groups of four are needed.',
  'unlock.letters': 'The marked groups have a letter that no kit has.',
  'unlock.mistyped': 'A letter is wrong. The marked groups look like it: compare them with the paper.',
  'unlock.mistypedSomewhere': 'Some letters are wrong. Compare every group with the paper.',
  'unlock.version': 'This is the kit of a newer Osler. Install the newer version first.',
  'unlock.other': 'This is a true kit, but not of this clinic, or it was replaced by a newer one.',
  'unlock.offer': 'I have the recovery kit',

  'state.title': 'How the records are protected',
  'state.encryption': 'Encryption',
  'state.encryptionText': 'On since {{date}}, cannot be switched off ({{cipher}}).',
  'state.keychain': 'Keychain of this computer',
  'state.kit': 'Recovery kit',
  'state.kitText': '{{id}}, made on {{date}}',
  'state.kitNone': 'none yet',
  'state.confirmed.typed': 'Two groups were typed off the paper.',
  'state.confirmed.file': 'Written into a file by the command line.',
  'state.key': 'Key of the database',
  'state.keyText': 'No. {{generation}}, since {{date}}',
  'state.root': 'Root key of the clinic',
  'state.older_one': '{{count}} former key goes with the next good backup.',
  'state.older_other': '{{count}} former keys go with the next good backup.',
  'keychain.secret-service': 'the password store of this desktop (Secret Service)',
  'keychain.keychain': 'the keychain of macOS',
  'keychain.credential-manager': 'the credential manager of Windows',
  'keychain.safe-storage': 'the safe storage of this system',
  'keychain.none': 'none: passwords alone',
  'keychain.badge': 'Password only',
  'openers.title': 'Who can open the closed clinic on this computer',
  'openers.text':
    'Made at each person’s first sign-in here. Whoever is taken off the list of people is off this list at once.',
  'openers.name': 'Name',
  'openers.with': 'Opens with',
  'openers.both': 'password and this computer',
  'openers.password': 'password alone',
  'openers.none': 'Nobody yet',
  'openers.noneText': 'Only the recovery kit opens it until somebody signs in here.',

  'advice.title': 'To do',
  'advice.kit-pending': 'There is no recovery kit',
  'advice.kit-pending.text':
    'Make one now: without it the records stay closed for good when everybody forgets.',
  'advice.admin-left': '{{name}} is no longer an administrator',
  'advice.admin-left.text':
    'Whoever looked after the keys may have seen the kit or copied files. Press “Change the key” and renew the clinic’s root key as well: a new kit and a new key of the database come with it.',
  'advice.rotation-due': 'The key of the database is more than a year old',
  'advice.rotation-due.text': 'Change it at the end of a day.',
  'advice.backups-other-kit': 'Some backups still need an older kit ({{name}})',
  'advice.backups-other-kit.text':
    'Keep its paper, marked as old, until they are sealed for the present kit or too old.',
  'advice.toBackups': 'Open backups',
  'advice.password-only': 'Passwords alone protect the records here',
  'advice.password-only.text':
    'This computer has no keychain, so a stolen copy of the files needs only a password. Use long ones, and encrypt the disk.',
  'advice.demo': 'This is the demo clinic: its records are invented, and it needs no kit.',

  'newKit.open': 'Make a new kit',
  'newKit.title': 'A new recovery kit',
  'newKit.text':
    'When the new kit is in force, the present one opens nothing any more. Backups made until now still need the kit of their day: keep the old paper for them, marked as old, until you have sealed them for the new kit under Admin, Backups, or they are gone.',
  'newKit.start': 'Make the kit',
  'newKit.leave': 'Leave without a new kit',

  'rotate.open': 'Change the key',
  'rotate.title': 'Change the key of the database',
  'rotate.text':
    'Everybody is signed out, the records are copied under a new key and checked, then everybody signs in again. Nothing is lost if the power fails meanwhile. The former file stays until the next good backup.',
  'rotate.room': 'Room needed: {{needed}}. Free: {{free}}.',
  'rotate.noRoom': 'There is not enough room on this disk. Free some first.',
  'rotate.root': 'Also renew the clinic’s root key',
  'rotate.rootHint':
    'When somebody who had the recovery kit or looked after the keys has left, or files were stolen. It begins with a new kit.',
  'rotate.next': 'On to the new kit',
  'rotate.submit': 'Sign everybody out and change it',
  'renew.title': 'Renew the clinic’s root key',
  'renew.text':
    'Afterwards the former kit, and any copy of the files made until now, open none of the clinic’s present records. Do it at the end of a day.',
  'renew.out': 'Everybody is signed out while the records are copied under new keys.',
  'renew.colleagues':
    'Your colleagues sign in with their own passwords as always. Until a colleague has done so once, that colleague cannot open the closed clinic on this computer.',
  'renew.you': 'You go on to open the clinic here with your password.',
  'renew.youLater':
    'You cannot open the closed clinic on this computer so far. You can once you have signed in here afterwards.',
  'renew.kit':
    'A new recovery kit is made first. It counts from the moment everybody can sign in again; until then keep the present one.',
  'renew.backups':
    'Backups made until now open only with the kit of their day: keep the old paper for them, marked as old, until they are gone.',
  'renew.leave': 'Leave everything as it is',
  'renew.confirmText':
    'When you press the button, everybody is signed out. The kit counts once the clinic can be signed in to again.',
  'renew.password': 'Your password',
  'renew.passwordHint': 'So that you can go on to open the clinic on this computer.',
  'renew.submit': 'Sign everybody out and renew it',

  'rotating.title': 'The key of the database is being changed',
  'rotating.text': 'Do not switch this computer off. If it stops all the same, nothing is lost.',
  'rotating.closing': 'Signing everybody out',
  'rotating.copying': 'Copying the records',
  'rotating.encrypting': 'Encrypting the copy anew',
  'rotating.checking': 'Checking every row',
  'rotating.swapping': 'Putting the copy in place',
  'rotating.opening': 'Opening the clinic',
  'rotating.label': 'Step {{n}} of {{of}}',
} as const
