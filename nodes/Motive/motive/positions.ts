/** Positions that a vehicle's cameras can have, in the order in which All Cameras asks for them. */
export const VEHICLE_POSITIONS = [
	'front_facing',
	'driver_facing',
	'side_left',
	'side_right',
	'rear',
] as const;

/** Positions that an asset's cameras can have, in the order in which All Cameras asks for them. */
export const ASSET_POSITIONS = ['side_left', 'side_right', 'rear'] as const;

/** The positions that a video recall can ask for. */
export const RECALL_POSITIONS = [
	'driver_facing',
	'front_facing',
	'front_narrow_facing',
	'rear',
	'side_left',
	'side_right',
] as const;

/** A camera position as the editor and the Motive Dashboard call it, for example `Front Facing` for `front_facing`. */
export function positionName(position: string): string {
	return position
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}
