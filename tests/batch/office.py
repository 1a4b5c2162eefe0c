"""Tables as offices export them: German and Korean, in the encodings of their country."""

GERMAN = (
    "Förderanträge 2021 – Auszug\r\n"
    "Stand: 01.03.2021\r\n"
    "\r\n"
    "id;Firma;Mitarbeiter;Gründung;Straße;Zusatz\r\n"
    '1;Müller & Söhne GmbH;12;2001-02-03;Große Bäckerstraße 5;"früher ""Bär"""\r\n'
    "2;Jörg Schäfer e. K.;7;2010-11-12;Weißgerbergasse 1;Umsatz ≈ 5 €\r\n"
    "3;Café Crème Société;3;2015-01-01;Señor-Peña-Weg 9;§ 3 Nr. 4\r\n"
).replace("≈", "ca.")
KOREAN = (
    "id,회사명,직원수,설립일,주소,비고\r\n"
    '1,삼성전자㈜,12,2001-02-03,"서울특별시 강남구, 역삼동",본사\r\n'
    "2,대한기계,7,2010-11-12,부산광역시 해운대구,IT팀 별도\r\n"
    "3,한국소프트웨어,3,2015-01-01,대전광역시 유성구,\r\n"
)
PLAIN = {
    "cp1250": "id,název\n1,Plzeňský dům\n2,žlutý kůň a měšťan\n3,společnost s ručením omezeným\n",
    "cp1251": "id,название\n1,ООО Ромашка\n2,Москва\n3,число работников\n",
    "cp1253": "id,όνομα\n1,Εταιρεία Αθηνών\n2,αριθμός εργαζομένων\n",
    "cp1254": "id,adı\n1,Şirket İstanbul\n2,çalışan sayısı\n3,ağaç ürünleri\n",
    "cp949": "번호,회사,주소\n1,삼성전자주식회사,서울특별시 강남구 역삼동\n2,대한기계공업,부산광역시\n",
    "gb18030": "编号,公司名称\n1,北京市海淀区有限责任公司\n2,员工人数和营业收入\n3,上海中华人民共和国\n",
    "cp932": "番号,会社名\n1,株式会社トヨタ自動車\n2,東京都港区の従業員数\n",
}
"""Tables without a column that is known, by the encoding that their text shows."""
