// The checkable requirements of the security design, one by one. What no test names yet is not due yet, and says why.

export interface Requirement {
  readonly id: string
  readonly what: string
  /** Why no test proves it yet. */
  readonly notDue?: string
  /** What the tests that name it do not show yet. */
  readonly partly?: string
}

export const requirements: readonly Requirement[] = [
  {
    id: 'AUTH-01',
    what: 'Every person has one own account; no default, shared or service login that reaches a chart',
  },
  {
    id: 'AUTH-02',
    what: 'Passwords: min 15 (8 if a second factor is always asked), max >= 128, no composition rules, no expiry, paste allowed, checked against the top 100,000 leaked plus clinic words',
  },
  {
    id: 'AUTH-03',
    what: 'Verifier is argon2id 64 MiB t3 p1 or stronger with 16-byte salt, upgraded at next login; floor 19 MiB t2 p1',
  },
  { id: 'AUTH-04', what: 'Max 4 hashes at once; further logins queue (<= 50) then 429' },
  {
    id: 'AUTH-05',
    what: 'MFA for every staff account; patients may enrol; TOTP 30 s, +-1 step, each code once, seed encrypted under its own key',
  },
  {
    id: 'AUTH-06',
    what: '10 recovery codes of 80 bits, single use, stored as keyed hash; using one alerts user and admin',
  },
  {
    id: 'AUTH-07',
    what: 'Wrong logins: delay doubles from the 5th (1, 2, 4 s ... cap 15 min); hard stop at 100 in a row; 20/min per source, 200/min overall; counters survive restart and cookie loss',
  },
  {
    id: 'AUTH-08',
    what: 'Unknown user, wrong password, locked, disabled: same text, same status, median time within 10 %',
  },
  {
    id: 'AUTH-09',
    what: 'Reset gives a one-time link/code (<= 10 min LAN, <= 24 h printed), never skips MFA, admin never learns the password',
  },
  {
    id: 'AUTH-10',
    what: 'OIDC: code + PKCE + nonce, system browser, loopback redirect; identity is issuer+subject; roles only by local mapping; assurance claim checked',
  },
  {
    id: 'AUTH-11',
    what: 'Passkeys offered where a real host name exists (they cannot bind to an IP address)',
  },
  {
    id: 'SESS-01',
    what: 'Session token 256-bit random, stored hashed, new at login, step-up and role change',
  },
  {
    id: 'SESS-02',
    what: 'Idle: desktop 5 min (1-15), front desk 2, staff browser 10, portal 10; absolute: staff 12 h, portal 4 h; server decides; background calls do not count',
  },
  {
    id: 'SESS-03',
    what: 'After lock nothing clinical stays in the window: DOM, caches, clipboard (60 s), title, notifications',
  },
  {
    id: 'SESS-04',
    what: 'Cookies `__Host-`, Secure, HttpOnly, SameSite=Strict; no token in URL or web storage',
  },
  {
    id: 'SESS-05',
    what: 'User and admin see and end sessions; <= 3 at once for staff, oldest closed with notice',
  },
  {
    id: 'SESS-06',
    what: 'Disable, role change, password or MFA change acts on all live sessions, IPC windows and sync within 60 s (local: next call)',
  },
  {
    id: 'AUTHZ-01',
    what: 'One policy table decides for IPC, HTTPS, FHIR and sync alike; deny by default; route without policy fails the build',
  },
  { id: 'AUTHZ-02', what: 'Window and browser checks are comfort only' },
  {
    id: 'AUTHZ-03',
    what: 'Matrix: every endpoint x 13 callers (9 roles, anonymous, expired, disabled, MFA-pending) x own / related / other / non-existing / sensitive',
  },
  {
    id: 'AUTHZ-04',
    what: 'Portal takes the patient from the session; proxies only via a dated, revocable grant; adolescent rules configurable',
    partly: 'there is no patient portal yet, so there are no proxies and no rules for adolescents',
  },
  {
    id: 'AUTHZ-05',
    what: 'Field level: front desk sees no clinical text, billing sees codes not notes, researcher sees no identifier',
  },
  {
    id: 'AUTHZ-06',
    what: 'Writes name the version they saw; stale writes refused; owner re-checked in the same transaction',
  },
  { id: 'AUTHZ-07', what: 'Break-glass as in 4.2' },
  {
    id: 'AUTHZ-08',
    what: 'Four eyes for: purge, restore over live data, key rotation, granting admin, disabling audit export',
  },
  {
    id: 'AUTHZ-09',
    what: 'Bulk meter: > 60 distinct charts in 10 min, > 500 rows exported, or night use asks for step-up and alerts',
  },
  {
    id: 'AUD-01',
    what: 'Every create, read, change, print, export, query, failed access, login, privilege change, key event is logged in the same transaction as the act; cannot be turned off',
  },
  {
    id: 'AUD-02',
    what: 'Entry: sequence, UTC time + clock quality, user, role, session, device, patient alias, action, data category, keyed digest of the new row version, result, reason; no clinical text',
  },
  { id: 'AUD-03', what: 'Hash chain + HMAC; signed checkpoint every 1,000 entries, 15 min and at close' },
  {
    id: 'AUD-04',
    what: 'Database itself refuses change, delete, replace and gaps on audit (M16); all but the writer are `query_only`',
  },
  {
    id: 'AUD-05',
    what: 'Cut tail and whole-file rollback found through anchors: watermark file, keychain, each backup header, peers, optional weekly printed code',
  },
  {
    id: 'AUD-06',
    what: 'Full check of 1 M entries < 15 s; quick check at start < 300 ms',
    partly:
      'the full check of a million takes 28 to 41 s on two busy cores, as long as reading and hashing them by hand; not 15',
  },
  {
    id: 'AUD-07',
    what: 'Clock checked against NTP/peers at start and 6-hourly; jumps recorded; order comes from sequence',
  },
  {
    id: 'AUD-08',
    what: 'Report by period, user, patient, action; every column sortable; export signed',
  },
  { id: 'AUD-09', what: 'Snooping rules run nightly and open review items' },
  { id: 'AUD-10', what: 'Kept >= 6 years, survives erasure because it holds only an alias (PRIV-05)' },
  {
    id: 'KEY-01',
    what: 'Clinic root key 256-bit random, only wrapped on disk, in main memory only; never in window, logs, env, crash dumps',
  },
  {
    id: 'KEY-02',
    what: 'Stolen files without keychain: cracking costs >= one 256 MiB argon2id per guess and also the 256-bit device secret',
  },
  { id: 'KEY-03', what: 'Keychain backend name stored; a change is never silent, never re-creates data' },
  {
    id: 'KEY-04',
    what: 'Emergency kit made at set-up, confirmed by typing two random groups; second copy offered; printed not mailed',
  },
  {
    id: 'KEY-05',
    what: 'Kit alone + backup alone restores on an empty machine',
  },
  {
    id: 'KEY-06',
    what: 'Wrong key, wrong kit, one mistyped character: told apart by checksum and key-check value before touching the database',
  },
  { id: 'KEY-07', what: 'Rotation by copy, verify, pointer swap' },
  {
    id: 'KEY-08',
    what: 'Algorithms limited to AES-256, SHA-2, HMAC, HKDF, P-256, Ed25519 (approved lists), argon2id for passwords (verifiers sit inside the AES database, which answers O12)',
  },
  {
    id: 'KEY-09',
    what: 'Person or device removed: slot deleted, certificate revoked, sync epoch changed; root rotated if they held kit or admin keys',
  },
  {
    id: 'DB-01',
    what: 'Start-up self-test: driver and SQLite versions (>= 3.51.3 for the WAL-reset fix), cipher name, file header, FULL, MEMORY temp, foreign keys, `recursive_triggers=ON`, `trusted_schema=OFF`, `cell_size_check=ON`, `mmap_size=0`, secure_delete',
  },
  {
    id: 'DB-02',
    what: 'No clear patient text in database, WAL, SHM, temp, logs, crash files, thumbnails, recent-file lists',
  },
  { id: 'DB-03', what: 'Encryption on by default and not switchable in the UI; state audited' },
  { id: 'DB-04', what: 'Any damaged page is reported, never served; app opens read-only with repair guide' },
  {
    id: 'DB-05',
    what: 'One owning process (single-instance lock, one SQLite library); worker threads only read; network drives and cloud-sync folders refused',
  },
  {
    id: 'DB-06',
    what: 'Migrations run on a copy, verified, swapped; old file kept until next good backup',
    partly:
      'an older program refuses a newer database instead of reading it: it would not know newer restrictions',
  },
  {
    id: 'BAK-01',
    what: 'Snapshot every 4 h of use and at close; off-machine daily; red banner at 24 h, report at 48 h',
  },
  {
    id: 'BAK-02',
    what: 'File = random key, AES-256-GCM in 1 MiB numbered chunks with final flag, header signed; sealed to kit public key and to root key',
  },
  {
    id: 'BAK-03',
    what: 'Each backup is opened, integrity-checked, row-counted, audit head compared, before it counts',
  },
  {
    id: 'BAK-04',
    what: 'Keep 14 daily, 8 weekly, 13 monthly; at least one place the app cannot delete from',
  },
  {
    id: 'BAK-05',
    what: 'Restore drill: monthly automatic to a scratch file; quarterly guided human drill with certificate',
  },
  {
    id: 'BAK-06',
    what: 'Restore treats the file as hostile: signature, schema fingerprint, quick_check, no triggers/views beyond ours',
  },
  {
    id: 'BAK-07',
    what: 'Restore replays the erasure ledger and re-anchors the audit chain with a visible "restored" entry',
  },
  {
    id: 'SYN-01',
    what: 'Relay sees ciphertext, sizes, times only; sizes padded to 1/4/16/64/256 KiB',
    notDue: 'there is no relay yet; it comes with replication',
  },
  {
    id: 'SYN-02',
    what: 'Replay, drop, reorder, duplicate, cross-device, cross-clinic, old-epoch packets refused or reported',
    notDue: 'there is no relay yet; it comes with replication',
  },
  {
    id: 'SYN-03',
    what: 'New device needs an existing admin device and matching 6-word code; relay cannot add one',
    notDue: 'there is no relay yet; it comes with replication',
  },
  {
    id: 'SYN-04',
    what: 'Fork shown: peers compare heads at every contact',
    notDue: 'there is no relay yet; it comes with replication',
  },
  {
    id: 'SYN-05',
    what: 'All replicas end equal; no acknowledged change lost; clinical conflicts are kept and shown, never merged silently',
    notDue: 'there is no relay yet; it comes with replication',
  },
  {
    id: 'WEB-01',
    what: 'TLS 1.3 (1.2 floor), no HTTP except redirect on loopback; HSTS 1 year with a host name',
  },
  {
    id: 'WEB-02',
    what: 'CSP default-src ’none’, script self + nonce, no inline, Trusted Types, frame-ancestors none, nosniff, no-store, COOP, CORP, Referrer none',
  },
  {
    id: 'WEB-03',
    what: 'State change needs SameSite cookie + custom header + Origin match; GET never changes anything',
  },
  {
    id: 'WEB-04',
    what: 'Host header allow-list stops rebinding; Private Network requests from public sites refused',
  },
  {
    id: 'WEB-05',
    what: 'Body <= 1 MB JSON, 25 MB upload (DICOM route 2 GB streamed), header 16 KB, 15 s slow-request cut, 50 connections per source',
  },
  {
    id: 'WEB-06',
    what: 'Load: 25 staff + 50 portal + desktop for 15 min: 0 lost updates, 0 busy errors shown, p95 < 200 ms',
    notDue: 'the clinic is served to its own computer only until the network door comes',
  },
  { id: 'WEB-07', what: 'Errors are generic with an id; no stack, SQL, path or version' },
  {
    id: 'ELE-01',
    what: 'contextIsolation, sandbox on; node integration, webview, remote content, DevTools (release) off; webSecurity never off',
  },
  {
    id: 'ELE-02',
    what: 'Own `app://` scheme, no `file://`; navigation, window.open, downloads, permissions, certificate errors denied by default',
  },
  {
    id: 'ELE-03',
    what: 'Each IPC checks sender frame + origin + session + policy + closed schema; unknown channel logged; no raw Electron API exposed',
  },
  {
    id: 'ELE-04',
    what: 'openExternal only https to an allow-list after user confirmation',
  },
  { id: 'ELE-05', what: 'Window has no network of its own (CSP connect-src + request filter)' },
  {
    id: 'ELE-06',
    what: 'Screen capture protection and blur on lock where the OS allows',
    notDue: 'comes with the packaged desktop on the systems that offer it',
  },
  {
    id: 'ELE-07',
    what: 'Window dies or hangs: main restarts it <= 3 s with draft',
  },
  {
    id: 'ELE-08',
    what: 'Fuses: RunAsNode, NODE_OPTIONS, inspect, file-extra-privileges off; cookie encryption, asar integrity, only-asar on; Electron <= 14 days behind security release',
    notDue: 'fuses are set when packages are built, which no machine of the proof does yet',
  },
  {
    id: 'PAR-01',
    what: 'Every import runs in its own process: 10 s, 256 MB (DICOM 60 s, 512 MB), no network, no database, no keys',
  },
  {
    id: 'PAR-02',
    what: 'Bad inputs per parser: 20,000 PR, 2 M night, >= 200 hand-made hostile files; 0 hangs > 2 s, 0 main faults, 0 partial imports, 0 non-Error escapes',
    partly: 'FHIR JSON is the only parser, fuzzed with far fewer inputs',
  },
  { id: 'PAR-03', what: 'An import is all or nothing, previewed, undoable, and labelled with source' },
  {
    id: 'PAR-04',
    what: 'Identity in a file never selects the patient by itself: two matching identifiers or a human',
  },
  {
    id: 'PAR-05',
    what: 'Exports to spreadsheets neutralise formula starts; file names are ours',
    partly: 'no file has been opened by a spreadsheet program',
  },
  {
    id: 'PRIV-01',
    what: 'Access + portability: full record as FHIR JSON, C-CDA, PDF and originals within minutes (law: 30 days / one month)',
  },
  { id: 'PRIV-02', what: 'Amendment: accept or refuse with reason; original stays; both travel in exports' },
  {
    id: 'PRIV-03',
    what: 'Restriction: record locked for use except care, legal claim, consent; self-pay not sent to insurer',
  },
  {
    id: 'PRIV-04',
    what: 'Erasure request yields a decision: erase what no law keeps, restrict the rest until its date, then purge by job; recipients told',
  },
  {
    id: 'PRIV-05',
    what: 'Purge removes rows, search index, attachments (key destroyed), drafts, caches, queued packets; audit keeps an alias whose link is deleted',
  },
  { id: 'PRIV-06', what: 'Accounting of disclosures and access report as in 4.4' },
  {
    id: 'PRIV-07',
    what: 'Research data: Safe Harbor fields removed, dates shifted per patient, ages > 89 grouped, cells < 11 hidden, free text excluded',
    notDue: 'research sets come with the researcher’s screens',
  },
  { id: 'PRIV-08', what: 'Breach helper: who, what, when affected, from audit, in < 5 min' },
  { id: 'REL-01', what: 'An acknowledged save survives kill -9' },
  { id: 'REL-02', what: '... and power loss: fsync before acknowledgement' },
  {
    id: 'REL-03',
    what: 'Disk full, read-only, permission lost, I/O error, slow disk, failed fsync: clear message, no lie, no loss. After a failed fsync stop writing and reopen; never retry',
  },
  {
    id: 'REL-04',
    what: 'Watermark (sequence, head hash, database generation, MAC) synced to a two-slot file after commit, before acknowledgement; at open, database behind watermark = read-only + "N saves missing". A single older page is caught by comparing a row with its last audit digest when a chart opens, and for all rows nightly',
  },
  { id: 'REL-05', what: '0 double bookings, payments, doses: unique keys + idempotency keys' },
  {
    id: 'REL-06',
    what: 'Memory flat: 8 h mixed use < 10 % growth; 100,000 lock/unlock cycles night',
    partly: 'eight hours of mixed use have not been run',
  },
  {
    id: 'REL-07',
    what: 'Downtime view: encrypted read-only packet of today’s patients (allergies, medicines, problems, contacts) opens if the database does not',
  },
  {
    id: 'OPS-01',
    what: 'Lockfile, install scripts off except an allow-list, SBOM per build, no known high CVE > 7 days, scans each PR',
    notDue: 'comes with the first release',
  },
  {
    id: 'OPS-02',
    what: 'Updates signed by our own key besides the OS signature; no downgrade; staged; backup first',
    notDue: 'there are no signed releases yet to update to',
  },
  { id: 'OPS-03', what: 'Logs hold no patient text, secrets or tokens; 30 days, 50 MB' },
]
