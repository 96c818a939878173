export async function checkParity() {}
