import type { FailureTexts } from "./failure-texts.ts";

/** What a test of the connection can find, and what can go wrong with profiles. For administrators. */
export const connectionFailures = {
  "connection.no-name": {
    what: "The name {{host}} is not known.",
    why: "The name service of this network gave no address for it ({{reason}}).",
    next: "Check the address for typing errors. If it is right, ask your network administrator.",
  },
  "connection.closed-port": {
    what: "Nothing listens at {{host}}.",
    why: "The computer there refused the connection.",
    next: "Check the address and its port number. If they are right, the service is down or a firewall refuses.",
  },
  "connection.no-way": {
    what: "No connection to {{host}}.",
    why: "There was no answer ({{reason}}). A firewall may swallow the connection, or a proxy is needed.",
    next: "Ask your network administrator to allow connections to this address, or set the proxy.",
  },
  "connection.tls-cut": {
    what: "The server {{host}} cut the connection before it was safe.",
    why: "A firewall between, or the server itself, does not want this connection. Filters by network address do this.",
    next: "Have your organisation's network address registered with the provider, or ask your network administrator.",
  },
  "connection.tls-silent": {
    what: "The server {{host}} took the connection and said nothing.",
    why: "Within the time allowed it did not begin a safe connection.",
    next: "Check address and port number. If they are right, ask your network administrator about firewalls.",
  },
  "connection.no-tls": {
    what: "What answers at {{host}} does not speak TLS.",
    why: "The answer was something else ({{reason}}): another service, or a page of a proxy or firewall.",
    next: "Check the port number, and whether a proxy has to be set.",
  },
  "connection.handshake": {
    what: "The server {{host}} refused to begin a safe connection.",
    why: "It found nothing that it and this program have in common, or it did not like the client certificate ({{reason}}).",
    next: "Ask the provider whether TLS 1.2 or 1.3 is offered, and whether the client certificate is registered.",
  },
  "connection.server-unknown": {
    what: "The server's certificate is from an authority that this computer does not know.",
    why: "It names “{{subject}}” and was issued by “{{issuer}}” ({{reason}}). Either your network inspects connections, or the server has a certificate of its own making.",
    next: "If you know this authority, add its certificate under “Further certificate authorities”. If not, stop: somebody may be listening.",
  },
  "connection.server-name": {
    what: "The server's certificate is for another name.",
    why: "It says “{{subject}}”, and the address says {{host}}.",
    next: "Check the address against the provider's letter.",
  },
  "connection.server-expired": {
    what: "The server's certificate is not valid now.",
    why: "It is valid until {{until}}; this computer's clock decides.",
    next: "Check the date and time of this computer. If they are right, tell whoever runs the server.",
  },
  "connection.certificate-wanted": {
    what: "The server wants a client certificate, and this profile has none.",
    why: "The server {{host}} ended the connection because of it ({{reason}}).",
    next: "Import the certificate that your organisation registered with the provider.",
  },
  "connection.certificate-unknown": {
    what: "The server does not know this client certificate.",
    why: "The server {{host}} took the connection and answered {{reason}}.",
    next: "Ask the provider whether this certificate is registered, and whether for this environment.",
  },
  "connection.certificate-refused": {
    what: "The server does not take this client certificate.",
    why: "Without one, {{host}} asks for one; with this one it ends the connection ({{reason}}).",
    next: "Ask the provider whether this certificate is registered, and whether for this environment.",
  },
  "connection.certificate-expired": {
    what: "The client certificate has expired.",
    why: "It was valid until {{until}}.",
    next: "Renew it, register it with the provider, and import the new one.",
  },
  "connection.not-allowed": {
    what: "The server {{host}} does not let this network address in.",
    why: "The connection is good, and the answer was {{reason}}. Providers that filter by network address answer so.",
    next: "Have your organisation's public network address registered with the provider, or use a relay with a registered address.",
  },
  "connection.cut": {
    what: "The server {{host}} cut the connection instead of answering.",
    why: "The connection was safe already ({{reason}}). Filters by network address do this.",
    next: "Have your organisation's public network address registered with the provider, or use a relay with a registered address.",
  },
  "connection.relay-refused": {
    what: "Your relay, or the provider behind it, does not let this in.",
    why: "The answer was {{reason}}. Either the relay's secret is wrong, or the relay's own address is not registered with the provider.",
    next: "Check header and secret with whoever runs the relay, and have the relay's address registered.",
  },
  "connection.another-service": {
    what: "Something else answers at this address.",
    why: "The server {{host}} answered ({{status}}), but not as this provider does.",
    next: "Check the base address against the provider's letter, its path included.",
  },
  "connection.page-origin": {
    what: "The provider's pages are at another address.",
    why: "The provider would send people to {{origin}}, which this profile does not allow.",
    next: "If that is the provider's own address, add it under “Origins of the provider's pages”.",
  },
  "profile.not-found": {
    what: "The profile “{{name}}” is not there.",
    why: "It was deleted, or its entry in the file of profiles cannot be understood.",
    next: "Set the provider up again, or choose another profile in the settings.",
  },
  "profile.secret-missing": {
    what: "A secret of the profile “{{name}}” is missing.",
    why: "The settings are there, but a password or key that they need is not: it was kept for one session only, or the keychain was cleared.",
    next: "Open the profile in the settings and fill in what is marked as missing.",
  },
  "profile.in-use": {
    what: "The profile “{{name}}” is still needed.",
    why: "A signing that is not finished goes through it.",
    next: "Let it finish, or cancel it, then delete the profile.",
  },
  "profile.cannot-save": {
    what: "The profile could not be saved.",
    why: "Its file could not be written. Nothing was changed.",
    next: "Check that the disk has room and that you may write to your own settings, then try again.",
  },
  "app.profiles-reset": {
    what: "The file with the providers' profiles was damaged.",
    why: "It could not be read and has been set aside. Until a provider is set up again, everything is practice.",
    next: "Set the providers up again, or put a backup of profiles.json in its place.",
  },
  "app.profiles-newer": {
    what: "The providers' profiles are of a newer version of Sealdesk.",
    why: "This version does not understand them and leaves them alone, so everything is practice.",
    next: "Install the newer version again.",
  },
  "app.profiles-unreadable": {
    what: "Some profiles cannot be understood.",
    why: "In all, {{count}} of the file's entries are damaged or of a newer version. They are kept, and not offered.",
    next: "Set these profiles up again under another name, or ask your administrator.",
  },
  "certificate.not-a-certificate": {
    what: "There is no certificate in “{{name}}”.",
    why: "A certificate as PEM or DER was expected.",
    next: "Choose another file.",
  },
  "certificate.too-many-files": {
    what: "Too many files were chosen at once.",
    why: "You chose {{count}} files; at most {{most}} are read together.",
    next: "Choose fewer files at once.",
  },
} as const satisfies FailureTexts;
