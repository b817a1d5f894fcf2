/** What people look for who know nothing of the names of nodes. */
const FLEET = [
	...['dashcam', 'dash cam', 'dash camera', 'truck camera', 'vehicle camera', 'camera'],
	...['video', 'footage', 'telematics', 'gomotive', 'keeptruckin', 'gps', 'location'],
];

/** And who look for what has happened. */
const EVENTS = [
	...['safety event', 'hard brake', 'crash', 'accident', 'speeding', 'incident report'],
];

/** The words by which each node is found in n8n's node panel. */
export const SEARCH_WORDS = {
	Motive: [
		...FLEET,
		...EVENTS,
		...['truck picture', 'take a photo', 'photo', 'snapshot', 'capture image'],
	],
	MotiveTrigger: [
		...FLEET,
		...EVENTS,
		...['geofence', 'fault code', 'hours of service', 'inspection'],
	],
	MotivePollingTrigger: [...FLEET, ...EVENTS, 'polling'],
};
