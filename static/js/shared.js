// Whether several people use this tablet: then nothing of anybody is stored on it.
export const shared = document.documentElement.dataset.shared === "yes";
