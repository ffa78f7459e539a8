/* Part of the service worker: what is shared to the installed app is kept first, also offline, and then shown. */
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/share') return;
  event.respondWith(keep(request));
});

async function keep(request) {
  const form = await request.formData();
  const cache = await caches.open('outlay-shared');
  const files = form.getAll('files').filter((file) => file instanceof File && file.size > 0);
  await Promise.all(
    files.map((file) => {
      const headers = { 'Content-Type': file.type, 'X-File-Name': encodeURIComponent(file.name) };
      return cache.put(`/shared/${crypto.randomUUID()}`, new Response(file, { headers }));
    }),
  );
  return Response.redirect('/share', 303);
}
