/** What people look for who know nothing of the names of nodes. */
const FLEET = [
	...['dashcam', 'dash cam', 'dash camera', 'truck camera', 'vehicle camera', 'camera'],
	...['video', 'footage', 'telematics', 'gomotive', 'keeptruckin', 'gps', 'location'],
];

/** And who look for what has happened. */
const EVENTS = [
	...['safety event', 'hard brake', 'crash', 'accident', 'speeding', 'incident report'],
];

/** And who want to hear of it. */
const NEWS = ['geofence', 'fault code', 'hours of service', 'inspection'];

/** The words by which each node is found in n8n's node panel; the Motive node also by those of its triggers, which the panel may leave out. */
export const SEARCH_WORDS = {
	Motive: [
		...FLEET,
		...EVENTS,
		...NEWS,
		...['truck picture', 'take a photo', 'photo', 'snapshot', 'capture image'],
	],
	MotiveTrigger: [...FLEET, ...EVENTS, ...NEWS],
	MotivePollingTrigger: [...FLEET, ...EVENTS, 'polling'],
};
