import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Simulator } from '../simulator/simulator.mts';

/**
 * The values of an OAuth2 credential after somebody has signed in, as n8n keeps them.
 *
 * @param scope the scopes asked for; all that the app has unless given
 */
export function signedIn(
	{ oauth, url }: Simulator,
	scope?: string[],
): ICredentialDataDecryptedObject {
	const { accessToken, refreshToken } = oauth.signIn(scope);
	return {
		clientId: oauth.app.clientId,
		clientSecret: oauth.app.clientSecret,
		accessTokenUrl: oauth.tokenUrl,
		baseUrl: url,
		oauthTokenData: {
			access_token: accessToken,
			refresh_token: refreshToken,
			token_type: 'Bearer',
			expires_in: 7200,
		},
	};
}
