// The ending of a shared view's file.
export const VIEW_FILE = "musterview";
