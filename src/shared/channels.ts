// Names on the bridge between window and main. Free of imports: whatever it imported would end up in the preload.
export const channels = {
  call: 'osler:call',
  bootstrap: 'osler:bootstrap',
  changed: 'osler:changed',
  copied: 'osler:copied',
} as const
