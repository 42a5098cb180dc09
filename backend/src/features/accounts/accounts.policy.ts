/** A workspace always keeps somebody who can let others in. @param others administrators who are not suspended */
export const canLoseAdministrator = (others: number): boolean => others > 0;
