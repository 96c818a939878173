vaultsite.text("0-0",[
["#place","tags/place.html","tag","","",[],[],[]],
["#crew/pilot","tags/crew/pilot.html","tag","","",[],[],[]],
["#rollout","tags/rollout.html","tag","","",[],[],[]],
["Night ferry","meetings/2026-01-08-night-ferry.html","meeting","Meetings","8 Jan",[],["rollout"],["decided","Decided","The night timetable pilot begins in March. The timetable for the night is printed. #rollout Print the roster @Ines Moor","","","Ines Moor"]],
["Café Zürich","places/caf%C3%A9-z%C3%BCrich.html","note","Places","",[],["place"],["","","Crêpes, naïve paintings and a smörgåsbord on Fridays.","opening-hours","Opening hours","The kitchen shuts at nine; the łódka moored outside serves later.","straße","Straße","Groß and klein, all are welcome in this street."]],
["東京の港","places/%E6%9D%B1%E4%BA%AC%E3%81%AE%E6%B8%AF.html","note","Places","",[],[],["","","港の近くに東京都立図書館があります。夜行フェリーは毎晩出ます。","ท่าเรือ","ท่าเรือ","เรือข้ามฟากออกทุกคืน","កំពង់ផែ","កំពង់ផែ","សាឡាងចេញដំណើររៀងរាល់យប់","渡轮码头","渡轮码头","夜班渡轮从第2号码头出发，请提前check-in。"]],
["Home","index.html","note","","",[],[],["","","What the harbour office keeps: Ines Moor, Café Zürich, Tide tables."]],
["Tide tables","tide-tables.html","note","","",["Moon calendar"],["tables"],["","","Water stands highest two days after a full moon.","springs-and-neaps","Springs and neaps","A phrase to find: spring tides follow the moon. Tides that spring are another matter. \u003cimg src=x onerror=alert(1)> stays text: \u003cscript>alert(2)\u003c/script>"]],
["#odd","tags/odd.html","tag","","",[],[],[]],
["Ines Moor","people/ines-moor.html","person","People","",["Harbour Ines","Í. Moor"],["crew/pilot"],["","","Ines pilots the night ferry and writes the roster by hand.","what-she-asked-for","What she asked for","A roster that can be printed when the network is down.","","","Faroese · Khmer · Quayside seven · Pilotage sheet.md"]],
["#crew","tags/crew.html","tag","","",[],[],[]],
["Night ferry transcript","meetings/2026-01-08-night-ferry-transcript.html","transcript","Meetings","8 Jan",[],[],["t-00-00-05","Ines Moor","Good evening, everybody is here.","t-00-01-10","Remote","The gangway inspection was passed without remarks.","t-00-02-40","Ines Moor","Then we sail with the evening tide."]],
["\u003cimg src=x onerror=alert(3)> & “quotes” $\\{x\\}","places/img-src-x-onerror-alert-3-quotes-x.html","note","Places","",["\u003csvg onload=alert(4)>","\u003c/script>\u003cscript>alert(5)\u003c/script>"],["odd"],["","","Vexatious \"title\" \\u003cb\\u003e  ${alert(7)}."]],
["#tables","tags/tables.html","tag","","",[],[],[]]
]);
