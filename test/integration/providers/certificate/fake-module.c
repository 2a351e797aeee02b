/*
 * A PKCS#11 module for tests: one token with one key, whose behaviour the environment decides. It plays what a software
 * token cannot: locked PINs, PIN pads, keys that want the PIN for each signature, tokens that are pulled out. It writes
 * the name of each call that matters into the file FAKE_LOG. Laid out after Cryptoki 2.40 (OASIS).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long CK_ULONG;
typedef unsigned char CK_BYTE;
typedef struct { CK_ULONG type; void *value; CK_ULONG length; } CK_ATTRIBUTE;
typedef struct { CK_ULONG type; void *parameter; CK_ULONG length; } CK_MECHANISM;
typedef CK_ULONG (*CK_FUNCTION)();
typedef struct { CK_BYTE major, minor; CK_FUNCTION functions[68]; } CK_FUNCTION_LIST;

static CK_FUNCTION_LIST list;
static int wrong, inits, finding;
static CK_ULONG sought, always;

static const char *mode(void) { const char *m = getenv("FAKE_TOKEN"); return m == NULL ? "" : m; }
static int is(const char *name) { return strcmp(mode(), name) == 0; }

static void note(const char *text, const char *more) {
  const char *path = getenv("FAKE_LOG");
  FILE *file = path == NULL ? NULL : fopen(path, "a");
  if (file != NULL) { fprintf(file, "%s%s\n", text, more); fclose(file); }
}

static CK_ULONG initialize(void *args) {
  (void)args;
  note("C_Initialize", "");
  /* A module that cannot lock refuses CKF_OS_LOCKING_OK and takes NULL. */
  return is("no-locks") && args != NULL ? 0xa : 0;
}
static CK_ULONG finalize(void *reserved) { (void)reserved; note("C_Finalize", ""); return 0; }

static CK_ULONG slot_list(CK_BYTE present, CK_ULONG *slots, CK_ULONG *count) {
  (void)present;
  CK_ULONG n = is("none") ? 0 : is("two") ? 2 : 1;
  if (slots != NULL) { for (CK_ULONG i = 0; i < n; i += 1) slots[i] = 7 + i; }
  *count = n;
  return 0;
}

static CK_ULONG token_info(CK_ULONG slot, CK_BYTE *info) {
  CK_ULONG flags = 0x400 | 0x8 | 0x4;
  (void)slot;
  memset(info, ' ', 96);
  memcpy(info, "Fake", 4);
  memcpy(info + 80, "1234", 4);
  if (is("locked")) flags |= 0x40000;
  if (is("few-left") && wrong > 0) flags |= 0x10000;
  if (is("last-try") && wrong > 0) flags |= 0x20000;
  if (is("locks") && wrong > 1) flags |= 0x40000;
  if (is("pin-pad")) flags |= 0x100;
  memcpy(info + 96, &flags, sizeof flags);
  return 0;
}

static CK_ULONG mechanisms(CK_ULONG slot, CK_ULONG *types, CK_ULONG *count) {
  (void)slot;
  if (types != NULL) types[0] = is("hashes-itself") ? 0x40 : is("no-mechanism") ? 0x250 : 0x1;
  *count = 1;
  return 0;
}

static CK_ULONG open_session(CK_ULONG slot, CK_ULONG flags, void *app, void *notify, CK_ULONG *handle) {
  (void)slot; (void)flags; (void)app; (void)notify;
  *handle = 99;
  return 0;
}
static CK_ULONG close_session(CK_ULONG session) { (void)session; note("C_CloseSession", ""); return 0; }

static CK_ULONG login(CK_ULONG session, CK_ULONG user, const CK_BYTE *pin, CK_ULONG length) {
  (void)session;
  note("C_Login ", user == 2 ? (pin == NULL ? "context reader" : "context pin") : pin == NULL ? "user reader" : "user pin");
  if (is("cancelled")) return 0x50;
  if (is("pin-expired")) return 0xa3;
  if (pin != NULL && (length != 4 || memcmp(pin, "4821", 4) != 0)) { wrong += 1; return 0xa0; }
  return 0;
}
static CK_ULONG logout(CK_ULONG session) { (void)session; note("C_Logout", ""); return 0; }

static CK_ULONG certificate(CK_BYTE *into, CK_ULONG *length) {
  const char *path = getenv("FAKE_CERTIFICATE");
  FILE *file = path == NULL ? NULL : fopen(path, "rb");
  CK_BYTE buffer[8192];
  if (file == NULL) return 0x30;
  *length = fread(buffer, 1, sizeof buffer, file);
  fclose(file);
  if (into != NULL) memcpy(into, buffer, *length);
  return 0;
}

static CK_ULONG get_attribute(CK_ULONG session, CK_ULONG object, CK_ATTRIBUTE *one, CK_ULONG count) {
  (void)session; (void)count;
  if (one->type == 0x11 && object == 1) return certificate(one->value, &one->length);
  if (one->type == 0x102) { if (one->value != NULL) memcpy(one->value, "\x0a", 1); one->length = 1; return 0; }
  if (one->type == 0x3) { if (one->value != NULL) memcpy(one->value, "Sign", 4); one->length = 4; return 0; }
  if (one->type == 0x202) { CK_BYTE yes = is("always"); if (one->value != NULL) memcpy(one->value, &yes, 1); one->length = 1; return 0; }
  one->length = (CK_ULONG)-1;
  return 0x12;
}

static CK_ULONG find_init(CK_ULONG session, CK_ATTRIBUTE *template, CK_ULONG count) {
  (void)session; (void)count;
  memcpy(&sought, template[0].value, sizeof sought);
  finding = 1;
  return 0;
}
static CK_ULONG find(CK_ULONG session, CK_ULONG *objects, CK_ULONG room, CK_ULONG *count) {
  (void)session; (void)room;
  int there = finding && !(is("no-key") && sought == 3);
  *count = there ? 1 : 0;
  if (there) objects[0] = sought == 1 ? 1 : 2;
  finding = 0;
  return 0;
}
static CK_ULONG find_final(CK_ULONG session) { (void)session; return 0; }

static CK_ULONG sign_init(CK_ULONG session, CK_MECHANISM *mechanism, CK_ULONG key) {
  char text[64];
  (void)session; (void)key;
  snprintf(text, sizeof text, "0x%lx", mechanism->type);
  note("C_SignInit ", text);
  always = is("always");
  return is("key-cannot") ? 0x70 : 0;
}
static CK_ULONG sign(CK_ULONG session, CK_BYTE *data, CK_ULONG length, CK_BYTE *value, CK_ULONG *room) {
  (void)session;
  note("C_Sign", "");
  inits += 1;
  if (is("removed") || (is("removed-later") && inits > 1)) return 0x32;
  if (is("broken")) return 0x5;
  memcpy(value, data, length);
  *room = length;
  return 0;
}

static CK_ULONG missing(void) { return 0x54; }

CK_ULONG C_GetFunctionList(CK_FUNCTION_LIST **out) {
  for (int i = 0; i < 68; i += 1) list.functions[i] = missing;
  list.major = 2; list.minor = 40;
  list.functions[0] = initialize;
  list.functions[1] = finalize;
  list.functions[4] = slot_list;
  list.functions[6] = token_info;
  list.functions[7] = mechanisms;
  list.functions[12] = open_session;
  list.functions[13] = close_session;
  list.functions[18] = login;
  list.functions[19] = logout;
  list.functions[24] = get_attribute;
  list.functions[26] = find_init;
  list.functions[27] = find;
  list.functions[28] = find_final;
  list.functions[42] = sign_init;
  list.functions[43] = sign;
  *out = &list;
  return 0;
}
