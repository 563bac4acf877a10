// The product's version as it stands in commits and logs.
export const appVersion = '0.1.0'
