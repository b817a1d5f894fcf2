import { SAFETY_EVENT_TYPES, type Word } from '../motive/eventWords';

/** Choice that stands for the actions in `additionalEvents`. */
export const OTHER = 'other';

/** What Motive can report, by the name of its action; in alphabetical order. */
export const EVENT_OPTIONS: Word[] = [
	{ name: 'AI Coach Recap Created', value: 'ai_coach_recap_created' },
	{ name: 'Asset Entered or Left a Geofence', value: 'asset_geofence_event' },
	{ name: 'Driver Duty Status Changed', value: 'user_duty_status_updated' },
	{ name: 'Engine Turned On or Off', value: 'engine_toggle_event' },
	{ name: 'Fault Code Closed', value: 'fault_code_closed' },
	{ name: 'Fault Code Opened', value: 'fault_code_opened' },
	{ name: 'Hours of Service Violation Created or Updated', value: 'hos_violation_upserted' },
	{ name: 'Inspection Report Created or Updated', value: 'inspection_report_upserted' },
	{
		name: 'Other',
		value: OTHER,
		description: 'Anything else Motive can report, by the name of its action',
	},
	{
		name: 'Safety Event Created',
		value: 'driver_performance_event_created',
		description:
			'A crash, hard brake, distraction and the like. Videos often come only with the update.',
	},
	{
		name: 'Safety Event Updated',
		value: 'driver_performance_event_updated',
		description: 'Videos became available, or the event was reviewed',
	},
	{ name: 'Speeding Event Created', value: 'speeding_event_created' },
	{ name: 'Speeding Event Updated', value: 'speeding_event_updated' },
	{ name: 'User Created or Updated', value: 'user_upserted' },
	{ name: 'Vehicle Created or Updated', value: 'vehicle_upserted' },
	{ name: 'Vehicle Entered or Left a Geofence', value: 'vehicle_geofence_event' },
	{ name: 'Vehicle Gateway Connected Again', value: 'vehicle_gateway_disconnect_ended' },
	{ name: 'Vehicle Gateway Disconnected', value: 'vehicle_gateway_disconnected' },
	{
		name: 'Vehicle Location Received',
		value: 'vehicle_location_received',
		description: 'Every location, late ones as well. These are many.',
	},
	{
		name: 'Vehicle Location Updated',
		value: 'vehicle_location_updated',
		description: 'A newer location of a vehicle. These are many.',
	},
	{ name: 'Video Recall Completed', value: 'video_recall_request_completed' },
];

/** Types of events: those of safety events, and `speeding`. Motive may have more. */
export const TYPE_OPTIONS: Word[] = [
	...SAFETY_EVENT_TYPES,
	{ name: 'Speeding', value: 'speeding' },
].sort((one, other) => one.name.localeCompare(other.name));
