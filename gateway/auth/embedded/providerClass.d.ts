/**
 * The class without the package's entry, which prints a warning on every start below Node 22; what is used here runs
 * on Node 20 (the sign-in tests show it).
 */
declare module 'oidc-provider/lib/provider.js' {
  export { Provider } from 'oidc-provider';
}
