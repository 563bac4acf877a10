// What other modules may ask of people: accounts and their roles, credentials for the session module, names for screens.
// The host makes the first account with `createAccount` and `setFirstCredential` in the transaction that creates the clinic.
export {
  type Account,
  accountById,
  activeAccountIds,
  accountByUsername,
  createAccount,
  inHatOrder,
  insertSigningKey,
  isOtherAdmin,
  isStaff,
  type NewAccount,
  newestSigningKey,
  type OpenSigningKey,
  rolesOf,
  setFirstCredential,
  setVerifier,
  signingKeyOf,
  userNames,
} from './accounts.ts'
export {
  asMeant as paperCodeAsMeant,
  codeDigest,
  isSameDigest,
  newCode as newPaperCode,
} from './one-time-code.ts'
