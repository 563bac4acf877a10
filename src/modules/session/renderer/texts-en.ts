// English of the session module: first start, sign-in, lock, own account. The Arabic beside it is texts-ar.ts.

export const en = {
  'first.title': 'Welcome to Osler',
  'first.text':
    'Clinic records that stay on this computer and work without the internet. How do you want to start?',
  'first.create': 'Create a clinic',
  'first.createText': 'For real work. Two minutes, nothing to read first.',
  'first.demo': 'Open the demo clinic',
  'first.demoText': 'About 60 invented patients to look around with. Nothing in it is real.',
  'first.demoWait': 'Filling the demo clinic. This takes a few seconds.',

  'create.title': 'Create a clinic',
  'create.clinic': 'The clinic',
  'create.name': 'Name of the clinic',
  'create.nameHint': 'As it should stand on letters.',
  'create.you': 'You, the first person',
  'create.yourName': 'Your name',
  'create.yourNameHint': 'As colleagues and patients know you, for example Dr. Maria Keller.',
  'create.username': 'Sign-in name',
  'create.usernameHint': 'Small letters, digits, dot, dash or underscore; at least two.',
  'create.isDoctor': 'I also see patients as a doctor',
  'create.isDoctorHint': 'You are administrator in any case, and switch between the two with one click.',
  'create.submit': 'Create the clinic',
  'create.wait': 'Making keys and an encrypted database',
  'create.noKeychain': 'This computer has no keychain',
  'create.noKeychainText':
    'So your password alone protects the records if the computer is stolen. Osler therefore asks for a longer one here: {{minimum}} characters, or six words. Write it down and keep it somewhere safe outside this room until you know it.',

  'password.label': 'Password',
  'password.new': 'New password',
  'password.rules':
    'At least {{minimum}} characters, any you like. A few unrelated words are easy to remember and hard to guess.',
  'password.rulesOnly': 'At least {{minimum}} characters, or six different words. Any characters are fine.',
  'password.count': '{{count}} of {{minimum}} characters',
  'password.good': 'Long enough and not a common one',
  'password.too-short': 'Too short: {{count}} of {{minimum}} characters.',
  'password.too-long': 'Too long: 1,024 characters are the most.',
  'password.leaked': 'This password stands on lists that attackers try first. Take another one.',
  'password.too-simple':
    'Too easy to guess: it is mostly a name, a date or a row of keys. Take a few unrelated words.',
  'password.wrong': 'This is not your password.',
  'password.forgotten': 'Nobody can look it up. An administrator can give you a one-time code for a new one.',

  'cold.title': 'Open {{clinic}}',
  'cold.titlePlain': 'Open the clinic',
  'cold.text': 'The records are closed. Sign in to open them; this takes a moment longer than usual.',
  'cold.wait': 'Opening the records',

  'in.title': 'Sign in',
  'in.who': 'Who are you?',
  'in.other': 'Somebody else',
  'in.back': 'Choose another name',
  'in.username': 'Sign-in name',
  'in.submit': 'Sign in',
  'in.code': 'I have a one-time code',
  'in.ended': 'You were signed out. What was saved is safe.',
  'in.left': 'You are signed out.',
  'in.demo': 'This is the demo clinic. Everybody’s password is {{password}}.',

  'code.title': 'Set your password',
  'code.text': 'Your administrator gave you a code on paper. It works once.',
  'code.code': 'One-time code',
  'code.submit': 'Set the password and sign in',

  'lock.title': 'Locked',
  'lock.text': 'Nothing is lost. Drafts are kept.',
  'lock.submit': 'Unlock',
  'lock.switch': 'Switch user',
  'lock.unknown': 'This screen is locked',

  'account.title': 'My account',
  'account.who': 'You',
  'account.roles': 'Roles',
  'account.username': 'Sign-in name',
  'account.password': 'Change password',
  'account.old': 'Present password',
  'account.submit': 'Change password',
  'account.changed': 'Your password is changed',
  'account.look': 'How it looks for you',
  'account.cannotSign': 'Your signing key waits for your password',
  'account.cannotSignText': 'Sign out and in again, then you can sign notes.',
  'account.language': 'Language',
  'account.languageClinic': 'As the clinic',
  'account.theme': 'Colours',
  'account.compact': 'Compact lines: more on one screen',

  'broken.retry': 'Look again',
  'broken.wrong-key-or-damaged': 'The records cannot be opened',
  'broken.wrong-key-or-damaged.text':
    'The database is damaged, or it does not belong to this clinic’s keys. Nothing was changed. Do not delete anything. Put back the newest backup, or ask for help with the two files clinic.db and keys.json.',
  'broken.newer-database': 'This clinic was opened by a newer Osler',
  'broken.newer-database.text':
    'The records were upgraded elsewhere, and this older program must not write into them. Install the newer Osler on this computer.',
  'broken.watermark-ahead': 'Saves are missing',
  'broken.watermark-ahead.text_one':
    'Osler knows of {{count}} save that is not in this file. It may be an older copy that was put back. Find the newer file before you go on, so that nothing is lost.',
  'broken.watermark-ahead.text_other':
    'Osler knows of {{count}} saves that are not in this file. It may be an older copy that was put back. Find the newer file before you go on, so that nothing is lost.',
  'broken.schema-changed': 'Somebody changed the structure of the records',
  'broken.schema-changed.text':
    'A table or a safeguard in the database was altered outside Osler. Nothing was opened. Keep this file for inspection and put back the newest backup.',
  'broken.audit-broken': 'The log of who did what was altered',
  'broken.audit-broken.text':
    'Entries of the log are missing or changed, and Osler does not go on as if nothing had happened. Keep this file for inspection and put back the newest backup.',
  'broken.keychain-changed': 'This computer’s keychain has changed',
  'broken.keychain-changed.text':
    'The part of the key that this computer kept is gone, for example after a new installation or for another account of the computer. Sign in to the computer as the person who set Osler up, then look again.',
  'keychain.nothing': 'Nothing was changed.',
  'keychain.password': 'Sign in all the same',
  'keychain.missing': 'This computer’s keychain no longer has our entry',
  'keychain.missing.text':
    'It was wiped, or this is another account of the computer. Sign in to the computer as the person who set Osler up, then look again. Otherwise the recovery kit opens the records.',
  'keychain.locked': 'This computer’s keychain is locked',
  'keychain.locked.text':
    'The password store of the computer wants its own password first. Unlock it, for example by signing out of the computer and in again, then look again.',
  'keychain.damaged': 'The entry in this computer’s keychain cannot be used',
  'keychain.damaged.text':
    'Something else was written in its place. Sign in to the computer as the person who set Osler up, or put the computer’s keychain back from its own backup. Otherwise the recovery kit opens the records.',
  'keychain.other-backend': 'This computer now has another kind of keychain',
  'keychain.other-backend.text':
    'The records were set up with a different one, for example before the desktop was changed. Start the former desktop, or open the records with the recovery kit: then the present keychain is used.',
  'keychain.other-secret': 'The entry in this computer’s keychain belongs to another time or computer',
  'keychain.other-secret.text':
    'It does not fit these records, for example after files were copied here. Use the computer they come from, or the recovery kit.',
  'keychain.plain-text': 'This computer would keep its half of the key in clear',
  'keychain.plain-text.text':
    'The desktop offers a store without encryption, which Osler does not use. Turn the desktop’s password store on (GNOME Keyring or KWallet), then look again, or use the recovery kit.',
  'keychain.forgetful': 'This computer would forget its half of the key at the next restart',
  'keychain.forgetful.text':
    'No password store of a desktop is running, only the keyring of the system’s core. Sign in to the desktop and start Osler there, or use the recovery kit.',
  'keychain.unavailable': 'This computer’s keychain does not answer',
  'keychain.unavailable.text':
    'Its service is not there or does not work. Restart the computer, sign in to the desktop, then look again. Otherwise the recovery kit opens the records.',

  'broken.key-file-damaged': 'The key file is damaged',
  'broken.key-file-damaged.text':
    'The file keys.json next to the database cannot be read. Without it the records stay closed. Put it back from the newest backup.',
  'broken.owned-by-other-process': 'This clinic is already open',
  'broken.owned-by-other-process.text':
    'Another Osler on this computer has these records open (process {{value}}). Use that window, or close it and look again.',
  'broken.network-drive': 'This folder is on a network drive',
  'broken.network-drive.text':
    'On a network drive two programs can write at once and a save can be lost without a word, so Osler does not open records there. Move the whole folder to a disk inside this computer. Other devices reach the clinic through Osler itself, over the clinic’s network.',
  'broken.cloud-folder': 'This folder is copied to a cloud',
  'broken.cloud-folder.text':
    'A program such as OneDrive, Dropbox, Google Drive or iCloud copies this folder while Osler writes in it; that tears the records apart. Move the whole folder out of it, to a disk inside this computer. For a second copy use Osler’s backups.',
  'broken.plaintext-database': 'The database is not encrypted',
  'broken.plaintext-database.text':
    'The file here is an open database, which Osler never writes. Somebody replaced it. Nothing was opened. Put back the newest backup.',
  'broken.self-test-failed': 'The self-test failed',
  'broken.self-test-failed.text':
    'A protection that Osler needs, such as encryption or safe writing, is missing on this computer. Nothing was opened. Install Osler again; if that does not help, ask for help.',
} as const
