/** What the person does, or waits for, while an order runs at IDnow. */
export const idnowMessages = {
  "idnow.placing": "The order is being placed at IDnow.",
  "idnow.reconnecting": "IDnow does not answer at the moment. Sealdesk keeps trying. You need do nothing.",
  "idnow.looking-for-order":
    "The connection broke while the order was placed. Sealdesk looks whether IDnow has it, so that nothing is ordered twice.",
  "idnow.disturbed": "IDnow reports that signing does not work properly at the moment. Try all the same?",
  "idnow.sms-disturbed":
    "IDnow reports that it cannot send SMS at the moment, and a code by SMS is needed. Try all the same?",
  "idnow.large": "The documents have {{megabytes}} MB together. IDnow may refuse so much. Try all the same?",
  "idnow.page": "{{name}}: show on IDnow's page who you are, then sign there with the code from the SMS.",
  "idnow.page-identify":
    "{{name}}: show on IDnow's page who you are. The code from the SMS is typed in Sealdesk afterwards.",
  "idnow.page-sign": "{{name}}: sign on IDnow's page with the code from the SMS.",
  "idnow.page-closed": "IDnow's page is closed. If you are not finished, open it again.",
  "idnow.page-link": "{{name}}: IDnow has sent you an e-mail with the link to its page. Go on there.",
  "idnow.working": "IDnow is working on it. You need do nothing.",
  "idnow.robot": "The test robot plays the person. That takes about 20 seconds.",
  "idnow.code": "{{name}}: type the code that was sent to your phone by SMS. With it you sign.",
  "idnow.paused-credentials":
    "IDnow does not let Sealdesk in any more. The order stays open there. Let your administrator enter the access data again, then go on. Try again now?",
  "idnow.paused-fetch":
    "Everybody has signed, but the signed documents come damaged from IDnow, or not at all. Try again now? No stops the run.",
  "idnow.fetching": "The signed documents are being fetched.",
  "idnow.cancelling": "The order is being cancelled at IDnow.",
  "idnow.result": "This is what IDnow found out about {{name}}. Save what you need; then it can be deleted there.",
  "idnow.delete": "The signed documents are here. Shall IDnow delete its copies and what it found out?",
} as const;
