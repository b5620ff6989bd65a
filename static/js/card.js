// A card's QR code carries its long secret behind the #, where no server sees it: put it into the form and look.
// What was sent here from another page may bring that page's own #, such as #newest: that is no card. A camera may
// also open the card in a page that already stands at the door: then only the # changes.
const form = document.getElementById("card");

function look() {
  const secret = location.hash.slice(1);
  if (location.pathname !== "/card" || !/^[\w-]{32}$/.test(secret)) return;
  history.replaceState(null, "", location.pathname);
  form.elements.secret.value = secret;
  form.elements.code.value = "";
  form.submit();
}

addEventListener("hashchange", look);
look();
