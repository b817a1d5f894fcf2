/** A word of Motive's, and how the editor shows it. */
export interface Word {
	name: string;
	value: string;
	description?: string;
}

/**
 * Types of safety events; in alphabetical order. Motive may have more.
 *
 * @see https://developer.gomotive.com/docs/step-2-extract-the-driver-performance-events
 */
export const SAFETY_EVENT_TYPES: Word[] = [
	{ name: 'Cell Phone', value: 'cell_phone' },
	{ name: 'Crash', value: 'crash' },
	{ name: 'Distraction', value: 'distraction' },
	{ name: 'Driver Facing Camera Obstruction', value: 'driver_facing_cam_obstruction' },
	{ name: 'Drowsiness', value: 'drowsiness' },
	{ name: 'Forward Collision Warning', value: 'forward_collision_warning' },
	{ name: 'Hard Acceleration', value: 'hard_accel' },
	{ name: 'Hard Brake', value: 'hard_brake' },
	{ name: 'Hard Corner', value: 'hard_corner' },
	{ name: 'Lane Swerving', value: 'lane_swerving_event' },
	{ name: 'Manual Event', value: 'manual_event' },
	{ name: 'Road Facing Camera Obstruction', value: 'road_facing_cam_obstruction' },
	{ name: 'Seat Belt Violation', value: 'seat_belt_violation' },
	{ name: 'Stop Sign Violation', value: 'stop_sign_violation' },
	{ name: 'Tailgating', value: 'tailgating' },
	{ name: 'Unsafe Lane Change', value: 'unsafe_lane_change' },
	{ name: 'Unsafe Parking', value: 'unsafe_parking' },
];

/** Choice that stands for events without a severity. */
export const NOT_GIVEN = 'none';

/** Severities of safety and speeding events; in alphabetical order. */
export const SEVERITIES: Word[] = [
	{ name: 'Critical', value: 'critical' },
	{ name: 'High', value: 'high' },
	{ name: 'Low', value: 'low' },
	{ name: 'Medium', value: 'medium' },
	{
		name: 'Not Given',
		value: NOT_GIVEN,
		description: 'Events that Motive has not judged, or not yet',
	},
];
