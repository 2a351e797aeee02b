/** Codes that the default list of getStatus shows; all others are in the ExtendedList only. Unknown ones count as extended. */
const inDefaultList = new Set([
  6, 11, 12, 14, 16, 17, 21, 22, 30, 55, 56, 57, 58, 63, 68, 73, 75, 80, 87, 98, 99, 100, 103,
]);

/** Codes that end an order, whatever the product. */
const finalForAll = new Set([16, 17, 22, 58, 63, 99, 100]);

export function isExtended(kind: number): boolean {
  return !inDefaultList.has(kind);
}

/** 84 and 103 end an eSign order, 6 every other one. */
export function isFinal(kind: number, eSign: boolean): boolean {
  return finalForAll.has(kind) || (eSign ? kind === 84 || kind === 103 : kind === 6);
}

/** The names of the codes that this sandbox writes itself. */
export const KIND = {
  identified: 6,
  mailSent: 7,
  declined: 16,
  negative: 17,
  brokenOff: 21,
  ended: 22,
  documentChecked: 23,
  created: 25,
  externalFailure: 29,
  eidLink: 49,
  eidAsked: 50,
  eidRead: 51,
  eidBrokenOff: 53,
  declinedByPhone: 58,
  cancelled: 63,
  toShop: 68,
  smsSent: 71,
  toVideo: 73,
  toEid: 74,
  videoDone: 75,
  waitingRoom: 77,
  callStarted: 78,
  callLeft: 79,
  dataReady: 80,
  signed: 84,
  suspectedFraud: 89,
  accountCreated: 94,
  accountVerified: 95,
  accountThere: 96,
  toAutoId: 98,
  timedOut: 99,
  timedOutAfterIdent: 100,
  hashesMade: 101,
  previewOpened: 102,
  givenUp: 103,
  verificationQueued: 104,
  verifying: 105,
  verificationPassed: 106,
  autoIdImpossible: 109,
  repairableFailure: 139,
  autoIdAborted: 153,
} as const;

/** Sub-codes that this sandbox writes itself. */
export const SUB = {
  signedDataUsed: 19,
  signedDataChecked: 20,
  tan: 16,
  namirialTan: 17,
  aesTan: 49,
  tooManyTans: 61,
  numberOfAnotherHolder: 65,
  tanNotSent: 66,
} as const;
