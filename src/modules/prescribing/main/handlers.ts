// Prescribing: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { prescribing } from '../shared/contract.ts'
import { checkDrug, openDesk, putItem, removeItem, renew } from './basket.ts'
import { drugCatalogue, interactionCatalogue } from './catalogue/definition.ts'
import { addOwnDrug, listOwnDrugs, restoreOwnDrug, retireOwnDrug, searchDrugs } from './drugs.ts'
import { listFavourites, removeFavourite, saveFavourite, usualDirections } from './favourites.ts'
import {
  getMedicine,
  giveRefill,
  holdMedicine,
  listMedicines,
  recordMedicine,
  resumeMedicine,
  setLongTerm,
  stopMedicine,
  takeBackRefill,
  withdrawMedicine,
} from './medicines.ts'
import { getPrescription, listPrescriptions } from './scripts.ts'
import { sign } from './signing.ts'
import {
  alertOverride,
  drugUse,
  medicationRefill,
  ownDrug,
  prescription,
  prescriptionBasket,
  sigFavourite,
} from './tables.ts'

export const prescribingModule: ModuleDef = {
  name: 'prescribing',
  tables: [prescription, alertOverride, medicationRefill, sigFavourite, ownDrug, prescriptionBasket, drugUse],
  catalogues: [drugCatalogue, interactionCatalogue],
  implementations: (services) => [
    implement(prescribing, {
      searchDrugs: searchDrugs(services),
      usualDirections,
      favourites: listFavourites(services),
      saveFavourite: saveFavourite(services),
      removeFavourite: removeFavourite(services),
      addOwnDrug: addOwnDrug(services),
      retireOwnDrug,
      restoreOwnDrug,
      ownDrugs: listOwnDrugs,
      open: openDesk(services),
      check: checkDrug(services),
      putItem: putItem(services),
      removeItem: removeItem(services),
      renew: renew(services),
      sign: sign(services),
      prescription: getPrescription,
      prescriptions: listPrescriptions,
      medicines: listMedicines,
      medicine: getMedicine,
      record: recordMedicine(services),
      withdraw: withdrawMedicine,
      stop: stopMedicine,
      hold: holdMedicine,
      resume: resumeMedicine(services),
      setLongTerm,
      giveRefill,
      takeBackRefill,
    }),
  ],
}
