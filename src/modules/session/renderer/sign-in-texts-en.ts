// English of second factors, PINs, sessions and the clinic's rules for signing in. The Arabic beside it is sign-in-texts-ar.ts.

export const en = {
  'stepUp.title': 'Is it you?',
  'stepUp.text':
    'This is something nobody should do at a screen you left open. Show once more that it is you.',
  'stepUp.signText': 'Your signature needs your password once.',
  'stepUp.submit': 'Go on',
  'stepUp.useCode': 'Use a code from my phone',
  'stepUp.usePassword': 'Use my password',

  'factor.code': 'Code from your phone',
} as const
