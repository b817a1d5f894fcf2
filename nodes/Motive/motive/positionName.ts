/** A camera position as the editor and the Motive Dashboard call it, for example `Front Facing` for `front_facing`. */
export function positionName(position: string): string {
	return position
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}
