import type { Advice } from '../../transport/errorTexts';

/** What to do when no picture can be asked for. */
export const CAPTURE_ADVICE: Advice = {
	forbidden:
		'To take pictures, switch on Capture Trip Images in the Motive Dashboard under Admin → Safety → Cameras. ' +
		'With OAuth2 a scope may be missing; an API key has no scopes.',
	notFound:
		'Check the vehicle or asset, and that the credential belongs to its company. If the message names a request ID, Motive ' +
		'has lost that picture: run the node again to ask for a new one.',
	refused:
		'The vehicle or asset may have no camera at this position, or none that takes pictures on demand. Choose other ' +
		'Positions, or All Cameras, which leaves out those that are not there.',
};

/** What to do when a picture cannot be fetched. */
export const FETCH_ADVICE: Advice = {
	...CAPTURE_ADVICE,
	notFound:
		'Request ID and Camera Type must be the pair that Motive gave when the capture was started, and the credential must ' +
		'belong to the same company.',
	refused:
		'Check Request ID and Camera Type: they must be the pair that Motive gave when the capture was started.',
};
