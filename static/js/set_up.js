// A set-up link carries its secret behind the #, where no server sees it: put it into the form and look.
const form = document.getElementById("set-up");
const secret = location.hash.slice(1);
if (/^[\w-]{32}$/.test(secret)) {
  history.replaceState(null, "", location.pathname);
  form.elements.link.value = secret;
  form.submit();
}
