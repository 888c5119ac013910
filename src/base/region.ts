/** The one region that a cloud is: in its catalog, and in the names of what is in it. */
export const regionName = 'RegionOne';
