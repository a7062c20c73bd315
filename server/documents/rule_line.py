"""The short ruled lines of a document's head: drawn shapes, as decree 30/2020/NĐ-CP wants, not underscores."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Emu, Length, Pt
from docx.text.paragraph import Paragraph

_ROOM = Pt(6)
"""Height of the paragraph that holds a line."""

_LINE = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
     xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
     xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
     xmlns:v="urn:schemas-microsoft-com:vml"
     xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
 <mc:AlternateContent>
  <mc:Choice Requires="wps">
   <w:drawing>
    <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0"
               locked="0" layoutInCell="1" allowOverlap="1">
     <wp:simplePos x="0" y="0"/>
     <wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>
     <wp:positionV relativeFrom="paragraph"><wp:posOffset>{drop}</wp:posOffset></wp:positionV>
     <wp:extent cx="{width}" cy="0"/>
     <wp:effectExtent l="0" t="0" r="0" b="0"/>
     <wp:wrapNone/>
     <wp:docPr id="{number}" name="Đường kẻ {number}" descr=""/>
     <wp:cNvGraphicFramePr/>
     <a:graphic>
      <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
       <wps:wsp>
        <wps:cNvCnPr/>
        <wps:spPr>
         <a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="0"/></a:xfrm>
         <a:prstGeom prst="line"><a:avLst/></a:prstGeom>
         <a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>
        </wps:spPr>
        <wps:bodyPr/>
       </wps:wsp>
      </a:graphicData>
     </a:graphic>
    </wp:anchor>
   </w:drawing>
  </mc:Choice>
  <mc:Fallback>
   <w:pict><v:line from="0,0" to="{points}pt,0" strokeweight=".75pt"
     style="position:absolute;mso-position-horizontal:center;mso-position-horizontal-relative:column"/></w:pict>
  </mc:Fallback>
 </mc:AlternateContent>
</w:r>
"""


def draw_rule(paragraph: Paragraph, width: Length, number: int) -> None:
    """Draw a line of `width` in the middle of an empty paragraph. `number` tells the shapes of one paper apart."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing, form.first_line_indent = Pt(0), Pt(0), _ROOM, Pt(0)
    drop = Emu(_ROOM // 3)
    line = _LINE.format(width=int(width), drop=int(drop), number=number, points=round(width.pt, 1))
    paragraph._p.append(parse_xml(line))  # noqa: SLF001 - python-docx draws no shapes of its own
