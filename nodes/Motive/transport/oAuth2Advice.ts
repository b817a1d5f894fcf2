import type { Advice } from './errorTexts';

/** What to do where somebody has signed in, so that there is no key that could be wrong. */
export const OAUTH2_ADVICE: Advice = {
	unauthorized:
		'Open the credential and connect the account again. Motive may have withdrawn the access, or Client ID, Client Secret ' +
		'or Access Token URL may be wrong.',
	unreachable:
		'Check the Base URL and the Access Token URL of the credential, and whether n8n has access to the internet.',
};

/** How to get a scope, behind anything that is said about missing ones. */
export const SCOPE_ADVICE =
	' A new scope has to be granted to your app in the developer portal of Motive and added to the field Scope of the ' +
	'credential. Then connect the account again.';
