// A card's QR code carries its long secret behind the #, where no server sees it: put it into the form and look.
// What was sent here from another page may bring that page's own #, such as #newest: that is no card.
const form = document.getElementById("card");
const secret = location.hash.slice(1);
if (location.pathname === "/card" && /^[\w-]{32}$/.test(secret)) {
  history.replaceState(null, "", location.pathname);
  form.elements.secret.value = secret;
  form.elements.code.value = "";
  form.submit();
}
